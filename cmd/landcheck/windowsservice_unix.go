//go:build unix

package main

import "landcheck/geo"

// serviceAction: other systems have managers of their own.
func (a *app) serviceAction(string, string, *serviceFlags, []string) error {
	return serviceError(nil, geo.Text{ZH: "只有 Windows 上有 Windows 服务", EN: "only Windows has services of Windows"},
		geo.Text{ZH: "Linux 上请用 systemd：源码的 scripts 里有 landcheck.service，见 landcheck help operation",
			EN: "On Linux use systemd: landcheck.service is in scripts of the sources; see landcheck help operation"})
}

// runWindowsService is never asked for.
func runWindowsService(string, []string) int { return exitBadInput }
