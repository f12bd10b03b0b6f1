package chromium

import "golang.org/x/sys/windows/registry"

// registered are the browsers whose set-up told Windows where they are: App Paths
// of this user, then of all.
func registered() (list []string) {
	for _, name := range []string{"msedge.exe", "chrome.exe", "chromium.exe"} {
		for _, root := range []registry.Key{registry.CURRENT_USER, registry.LOCAL_MACHINE} {
			key, err := registry.OpenKey(root, `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\`+name, registry.QUERY_VALUE)
			if err != nil {
				continue
			}
			if path, _, err := key.GetStringValue(""); err == nil {
				list = append(list, path)
			}
			key.Close()
		}
	}
	return list
}
