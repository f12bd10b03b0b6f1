package strictyaml

import "landcheck/geo"

// syntaxWords are the parser's messages, by a part that tells them apart.
var syntaxWords = []struct {
	message string
	words
}{
	{"',' or '}'", words{
		problem: geo.Text{ZH: "花括号没有合上，或缺少逗号", EN: "a brace is not closed, or a comma is missing"},
		advice:  geo.Text{ZH: "请补上“}”，或在各项之间写“,”", EN: "Close it with }, or put , between the entries"},
		opened:  openedAt("{", "{")}},
	{"',' or ']'", words{
		problem: geo.Text{ZH: "方括号没有合上，或缺少逗号", EN: "a bracket is not closed, or a comma is missing"},
		advice:  geo.Text{ZH: "请补上“]”，或在各项之间写“,”", EN: "Close it with ], or put , between the items"},
		opened:  openedAt("[", "[")}},
	{"could not find expected ':'", words{
		problem: geo.Text{ZH: "这一行没有冒号，不成键值", EN: "the line has no colon and is no key with a value"},
		advice:  geo.Text{ZH: "请写成“键: 值”，冒号后空一格", EN: "Write \"key: value\", with a space after the colon"}}},
	{"mapping values are not allowed", words{
		problem: geo.Text{ZH: "此处不能再有冒号", EN: "there cannot be another colon here"},
		advice:  geo.Text{ZH: "值里有冒号时请加引号；若是下一级的键，请换行并缩进", EN: "Put a value that holds a colon in quotes; a key of the next level goes on a line of its own, indented"}}},
	{"did not find expected key", words{
		problem: geo.Text{ZH: "此处应为同一级的键", EN: "a key of the same level was expected here"},
		advice:  geo.Text{ZH: "请检查这一行的缩进，以及多余的括号或引号", EN: "Check the indentation of this line, and brackets or quotes that are too many"},
		opened:  geo.Text{ZH: "这一级从第 %d 行第 %d 列开始", EN: "the level began at line %d, column %d"}}},
	{"did not find expected '-' indicator", words{
		problem: geo.Text{ZH: "此处应为列表的下一项（“- ”开头）", EN: "the next item of a list was expected here, with \"- \" before it"},
		advice:  geo.Text{ZH: "请检查这一行的缩进", EN: "Check the indentation of this line"},
		opened:  geo.Text{ZH: "列表从第 %d 行第 %d 列开始", EN: "the list began at line %d, column %d"}}},
	{"block sequence entries are not allowed", words{
		problem: geo.Text{ZH: "“- ”不能写在这里", EN: "\"- \" cannot stand here"},
		advice:  geo.Text{ZH: "请把列表写在下一行", EN: "Begin the list on the next line"}}},
	{"did not find expected node content", words{
		problem: geo.Text{ZH: "此处缺少值，或括号不成对", EN: "a value is missing here, or brackets do not match"},
		advice:  geo.Text{ZH: "请检查括号和逗号", EN: "Check brackets and commas"}}},
	{"tab", words{
		problem: geo.Text{ZH: "缩进用了制表符（Tab）", EN: "a tab is used for indentation"},
		advice:  geo.Text{ZH: "请改用空格（Tab 显示为 →）", EN: "Use spaces (a tab is shown as →)"}}},
	{"cannot start any token", words{
		problem: geo.Text{ZH: "值不能以这个字符开头", EN: "a value cannot begin with this character"},
		advice:  geo.Text{ZH: "若是文字请加引号；缩进请用空格，不用 Tab", EN: "Put text in quotes; indent with spaces, not with tabs"}}},
	{"unexpected end of stream", words{
		problem: geo.Text{ZH: "引号没有合上", EN: "a quote is not closed"},
		advice:  geo.Text{ZH: "请补上引号", EN: "Close it"}}},
	{"unknown escape character", words{
		problem: geo.Text{ZH: "双引号里的“\\”引出了不存在的转义", EN: "the \\ within double quotes begins an escape that does not exist"},
		advice:  geo.Text{ZH: "路径请用“/”，或改用单引号", EN: "Write paths with /, or use single quotes"}}},
	{"unknown anchor", words{
		problem: geo.Text{ZH: "“*”引用的锚点不存在", EN: "the anchor that * refers to does not exist"},
		advice:  geo.Text{ZH: "若是文字（如 *.shp）请加引号", EN: "Put text such as *.shp in quotes"}}},
	{"alphabetic or numeric character", words{
		problem: geo.Text{ZH: "“*”或“&”之后没有名称", EN: "* or & is not followed by a name"},
		advice:  geo.Text{ZH: "若是文字（如 *.shp）请加引号", EN: "Put text such as *.shp in quotes"}}},
	{"comment without preceding whitespace", words{
		problem: geo.Text{ZH: "“#”之前没有空格", EN: "there is no space before #"},
		advice:  geo.Text{ZH: "若是注释请在“#”前空一格，若是文字请加引号", EN: "Put a space before a comment, and text in quotes"}}},
	{"directive", words{
		problem: geo.Text{ZH: "以“%”开头的行不是 YAML 指令", EN: "the line that begins with % is no directive of YAML"},
		advice:  geo.Text{ZH: "请删除这一行，或给文字加引号", EN: "Delete the line, or put text in quotes"}}},
	{"tag", words{
		problem: geo.Text{ZH: "“!”引出的标签写法不对", EN: "the tag that begins with ! is not well formed"},
		advice:  geo.Text{ZH: "若是文字请加引号", EN: "Put text in quotes"}}},
	{"max depth", words{
		problem: geo.Text{ZH: "嵌套过深", EN: "nested too deeply"},
		advice:  geo.Text{ZH: "请检查括号", EN: "Check brackets"}}},
	{"<document start>", words{
		problem: geo.Text{ZH: "内容到此已经结束，后面不能再有", EN: "the content has ended here: nothing can follow it"},
		advice:  geo.Text{ZH: "请检查前面的括号和这一行的缩进", EN: "Check the brackets before it and the indentation of this line"}}},
	{"document", words{
		problem: geo.Text{ZH: "文档标记（--- 或 ...）的位置不对", EN: "a mark of a document (--- or ...) stands in the wrong place"},
		advice:  geo.Text{ZH: "请删除它", EN: "Delete it"}}},
}
