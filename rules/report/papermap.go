package report

import (
	"fmt"
	"math"

	"github.com/mattn/go-runewidth"
)

// paperSheet is what of the style on paper depends on the report: the foot of
// each page and the size of the map.
func paperSheet(v *pageView) string { return paperFoot(v.R) + paperMap(v) }

// paperMap sizes the map to what the text leaves of the first page, and its
// names and numbers so that they can be read at that size.
func paperMap(v *pageView) string {
	if v.MapHeight == 0 {
		return ""
	}
	const wide, name, number = 184, 2.1, 1.9 // mm: of the page, letters of names and of numbers
	high := mapHeight(v)
	px := math.Min(wide/viewportWidth, float64(high)/float64(v.MapHeight)) // mm
	larger := math.Min(1.8, math.Max(1, number/(10.5*px)))
	letter := math.Min(30, math.Max(14, name/px))
	return fmt.Sprintf("@media print{svg.map{max-height:%dmm}.m-name,.m-scale text{font-size:%.1fpx}.m-disc{r:%.1fpx}.m-num{font-size:%.1fpx}}",
		high, letter, 10*larger, 10.5*larger)
}

// mapHeight is the height of the printed map in mm: what verdict, findings and
// key figures leave of the first page, with the signatures under it. Where they
// leave too little, the map goes to the next page at a height of its own.
func mapHeight(v *pageView) int {
	const line, page, least, alone = 4.6, 127, 38, 90 // mm
	lines := textLines(v.Name, 58) + textLines(v.Advice.Head.In(v.Lang), 60) + textLines(v.Advice.Means.In(v.Lang), 100) + textLines(v.Advice.Next.In(v.Lang), 96)
	lines += textLines(v.R.Plan.Code+v.R.Rulebook.Title.In(v.Lang)+v.R.Rulebook.ID, 70) - 1 // beside county, stage and day
	for _, m := range v.Remarks {
		lines += textLines(m.Text.In(v.Lang), 100)
	}
	for _, u := range v.Unchecked {
		if lines++; u.Note != nil {
			lines += textLines(u.Note.In(v.Lang), 60) - 1
		}
	}
	for i := range v.Findings[:min(len(v.Findings), paperFindings)] {
		f := v.Findings[i]
		lines += textLines(f.Finding.Message.In(v.Lang), 100) + textLines(f.Finding.Remedy.In(v.Lang), 100) +
			textLines(f.Rule.Title.In(v.Lang), 48) + // beside status, clause, scope, area and place
			textLines(f.FewRefs.In(v.Lang), 112)
	}
	if left := page - int(line*float64(lines)); left >= least {
		return min(left, alone)
	}
	return alone
}

// textLines is about how many lines a text takes that hold so many letters of
// Latin, half as many of Chinese.
func textLines(s string, letters int) int {
	return max(1, (runewidth.StringWidth(s)+letters-1)/letters)
}
