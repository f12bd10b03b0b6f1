package main

import (
	"bufio"
	"fmt"
	"os"
	"unsafe"

	"github.com/mattn/go-isatty"
	"golang.org/x/sys/windows"
)

// prepareConsole has the console follow the sequences that colour and move text;
// where it cannot, NO_COLOR leaves them out. Letters need nothing: what is written
// to a console goes there as UTF-16, whatever its code page.
func prepareConsole() (restore func()) {
	restore = func() {}
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		console, before := windows.Handle(f.Fd()), uint32(0)
		if windows.GetConsoleMode(console, &before) != nil {
			continue // a file, or a pipe
		}
		if windows.SetConsoleMode(console, before|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) != nil {
			os.Setenv("NO_COLOR", "1")
			continue
		}
		rest := restore
		restore = func() { rest(); _ = windows.SetConsoleMode(console, before) }
	}
	return restore
}

// getConsoleProcessList counts who shares a console; golang.org/x/sys has no such
// call.
var getConsoleProcessList = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")

// ownConsole tells whether the console is this process's alone: its window was
// opened for it, by a double-click, and closes with it.
func ownConsole() bool {
	var ids [2]uint32
	n, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	return n == 1 && isatty.IsTerminal(os.Stdout.Fd()) && isatty.IsTerminal(os.Stdin.Fd())
}

// waitForReader keeps the window open until what stands there is read.
func waitForReader() {
	fmt.Print("\n按回车键关闭这个窗口 · Press Enter to close this window ")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}

// shellArguments expands patterns, which shells of Windows leave to programs.
func shellArguments(args []string) []string { return expanded(args) }
