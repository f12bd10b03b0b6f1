//go:build unix

package main

// prepareConsole: terminals take UTF-8 and sequences as they are.
func prepareConsole() (restore func()) { return func() {} }

// ownConsole: no window opens for a program and closes with it.
func ownConsole() bool { return false }

func waitForReader() {}

// shellArguments: shells have expanded what is a pattern.
func shellArguments(args []string) []string { return args }
