package api

import (
	"net/http"
	"strings"

	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/check"
)

// Pin has a rulebook judge the plans of the counties that a prefix covers; of
// several the longest prefix counts.
type Pin struct{ Prefix, Book string }

// pinsThere refuses a pin to a rulebook that the service does not have.
func (s *Server) pinsThere() error {
	for _, p := range s.Pins {
		if s.books[p.Book] == nil {
			return &geo.InputError{Field: "rulebook", Message: geo.Textf("没有规则册 %q", "there is no rulebook %q", p.Book), Advice: s.booksAdvice()}
		}
	}
	return nil
}

// pinned is the rulebook of a county where nobody else has a say.
func (s *Server) pinned(county string) string {
	book, longest := check.DefaultBook, -1
	for _, p := range s.Pins {
		if strings.HasPrefix(county, p.Prefix) && len(p.Prefix) > longest {
			book, longest = p.Book, len(p.Prefix)
		}
	}
	return book
}

// decreed is the rulebook that plans of a county are judged by whatever they
// and requests say; "" where these choose.
func (s *Server) decreed(county string) string {
	if s.PlanRulebooks {
		return ""
	}
	return s.pinned(county)
}

// rulebookOf settles the rulebook of a check; "" leaves it to the plan, or to
// the default where that says nothing.
func (s *Server) rulebookOf(asked string, p store.Plan) (string, error) {
	decreed := s.decreed(p.County)
	switch {
	case decreed == "" && asked == "" && p.Rulebook == "" && s.pinned(p.County) != check.DefaultBook:
		return s.pinned(p.County), nil
	case decreed == "":
		return asked, nil
	case asked != "" && asked != decreed:
		return "", &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-body", Field: "rulebook",
			Detail: geo.Textf("本服务规定 %[1]s 的方案用规则册 %[2]s", "this service judges plans of %[1]s by the rulebook %[2]s", p.County, decreed),
			Advice: geo.Text{ZH: "请去掉 rulebook；要由方案或请求选择，请管理员以 --plan-rulebooks 启动服务",
				EN: "Leave rulebook out; for plans and requests to choose, ask the administrator to serve with --plan-rulebooks"}}
	}
	return decreed, nil
}
