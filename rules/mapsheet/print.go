package mapsheet

import "bytes"

// Page is a sheet as a page to be printed on A3.
func Page(svg []byte) []byte {
	var b bytes.Buffer
	b.WriteString("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>@page{size:420mm 297mm;margin:0}html,body{margin:0;padding:0}svg{display:block}</style></head><body>")
	b.Write(svg)
	b.WriteString("</body></html>\n")
	return b.Bytes()
}
