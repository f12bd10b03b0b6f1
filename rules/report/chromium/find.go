package chromium

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"landcheck/geo"
)

// names are what the browsers are called, those that print alone first.
func names() []string {
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge", "chrome-headless-shell"}
}

// places are where systems keep browsers that are not on the path.
func places() []string {
	list := []string{
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	}
	for _, root := range []string{os.Getenv("ProgramFiles"), os.Getenv("ProgramFiles(x86)"), os.Getenv("LocalAppData")} {
		if root != "" {
			list = append(list, filepath.Join(root, "Google", "Chrome", "Application", "chrome.exe"), filepath.Join(root, "Microsoft", "Edge", "Application", "msedge.exe"))
		}
	}
	return list
}

// Find is the program of a browser: the one that somebody named, else the first
// that is there. A *geo.InputError says what to install where there is none.
func Find(named string) (string, error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", &geo.InputError{File: named, Err: errors.Join(ErrUnprinted, err),
				Message: geo.Text{ZH: "不能作为浏览器运行", EN: "cannot be run as a browser"},
				Advice:  geo.Text{ZH: "请给出 Chromium、Google Chrome 或 Edge 的可执行文件", EN: "Name the program file of Chromium, Google Chrome or Edge"}}
		}
		return path, nil
	}
	for _, name := range slices.Concat(names(), places(), registered()) {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", &geo.InputError{Err: ErrUnprinted,
		Message: geo.Text{ZH: "PDF 由 Chromium 打印，这台机器上没有找到", EN: "PDF is printed by Chromium, and there is none on this machine"},
		Advice: geo.Text{
			ZH: "安装 Chromium、Google Chrome 或 Edge（Windows 10 以上自带 Edge，即 msedge.exe；Debian、Ubuntu：apt-get install chromium），或用 LANDCHECK_CHROMIUM 指明其可执行文件；也可以写网页报告，在浏览器里打印",
			EN: "Install Chromium, Google Chrome or Edge (Windows 10 and newer bring Edge, msedge.exe; Debian, Ubuntu: apt-get install chromium), or name its program in LANDCHECK_CHROMIUM; or write the report as a page and print that in a browser"},
	}
}
