package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"landcheck/api/store/embedded"
	"landcheck/geo"
	"landcheck/geo/outfile"

	"gopkg.in/natefinch/lumberjack.v2"
)

// doubleClicked is landcheck.exe opened from a folder: the service of whoever did,
// in the browser.
func (a *app) doubleClicked(ctx context.Context) error {
	return a.serveCommand().ParseAndRun(ctx, []string{"--open"})
}

// placeData says where serve keeps things that nobody said a place for.
func (f *serviceFlags) placeData() error {
	f.data = defaultData
	if !f.inBrowser {
		return nil
	}
	dir, err := userData()
	if err != nil {
		return &geo.InputError{Err: err,
			Message: geo.Text{ZH: "不知道数据该放在哪里：这个用户没有主目录", EN: "there is no place for data: this user has no home directory"},
			Advice:  geo.Text{ZH: "请用 --data 指定目录", EN: "Give a directory by --data"}}
	}
	f.data = filepath.Join(dir, "landcheck")
	return nil
}

// logWriter is where the log goes: past a window that somebody reads.
func (f *serviceFlags) logWriter(stderr io.Writer) io.Writer {
	path := f.logFile
	if path == "" && f.inBrowser && f.data != "" {
		path = filepath.Join(f.data, embedded.LogFile)
	}
	if path == "" {
		return stderr
	}
	return &lumberjack.Logger{Filename: path, MaxSize: 50, MaxBackups: 3}
}

// tellAddress leaves the service's address in its data directory, for who opens it
// again, until the end.
func (f *serviceFlags) tellAddress(at net.Addr) (forget func()) {
	path := filepath.Join(f.data, embedded.AddressFile)
	if f.data == "" {
		return func() {}
	}
	if err := outfile.Write(path, []byte(browserURL(at)+"\n"), outfile.Private); err != nil {
		f.log.Warn("the address is not in the data directory", "error", err)
	}
	return func() { _ = os.Remove(path) }
}

// serving is the address of the service that has the data directory, if it answers.
func (f *serviceFlags) serving(ctx context.Context) string {
	text, err := os.ReadFile(filepath.Join(f.data, embedded.AddressFile))
	if f.data == "" || err != nil {
		return ""
	}
	address := strings.TrimSpace(string(text))
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"healthz", nil)
	if err != nil {
		return ""
	}
	answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		return ""
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return ""
	}
	return address
}

// openPage says in both languages what runs, and opens it in the browser.
func (a *app) openPage(address, place string) {
	a.sayBoth(geo.Textf("landcheck 已启动，网页地址：%[1]s\n数据存放在 %[2]s\n要停止，请关闭这个窗口，或按 Ctrl+C\n",
		"the service runs; its page: %[1]s\nData are kept in %[2]s\nTo stop it, close this window or press Ctrl+C\n", address, place))
	a.browse(address)
}

// openAgain opens the page of a service that runs already.
func (a *app) openAgain(address string) error {
	a.sayBoth(geo.Textf("landcheck 已经在运行，网页地址：%[1]s", "the service runs already; its page: %[1]s", address))
	a.browse(address)
	return nil
}

func (a *app) browse(address string) {
	if err := openInBrowser(address); err != nil {
		text := geo.SystemText(err)
		a.sayBoth(geo.Textf("浏览器没有打开（%[2]v），请自己在浏览器里打开 %[1]s", "the browser was not opened (%[2]v); open %[1]s in it yourself", address, text))
	}
}

// sayBoth speaks to whoever it may be.
func (a *app) sayBoth(t geo.Text) {
	a.say(geo.Text{ZH: t.ZH + "\n" + t.EN, EN: t.ZH + "\n" + t.EN})
}
