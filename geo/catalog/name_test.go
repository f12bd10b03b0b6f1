package catalog

import "testing"

// TestIsWindowsName: what Windows would take for a device, or give another name.
func TestIsWindowsName(t *testing.T) {
	for name, want := range map[string]bool{
		"方案 一/DLBG.shp": true, "CONTROL.txt": true, "com10.txt": true, "a.b/.hidden": true, "文件夹/": true,
		"CON": false, "材料/nul.txt": false, "aux/DLBG.shp": false, "com1.shp": false, "LPT9": false, "Com²": false,
		"方案 /DLBG.shp": false, "DLBG.shp.": false, "a:b.pdf": false, "谁?.docx": false,
	} {
		if got := isWindowsName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
