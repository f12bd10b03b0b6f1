// Package docx writes Word documents (ECMA-376 WordprocessingML) of what an
// official Chinese paper is made of: headings that Word's navigation finds,
// paragraphs, tables whose header rows repeat, upright and wide pages, a header,
// and a footer with page numbers. The same calls give the same bytes.
//
// No Go library is used: those that exist either are no longer kept, or leave
// out East Asian fonts, repeated rows, page fields or a stable order of bytes.
// The parts that never change are files in parts; the rest are Go types whose
// fields stand in the order that the schema wants, for Word refuses another.
package docx
