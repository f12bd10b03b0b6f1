package api

import (
	"cmp"
	"net/http"
	"strings"
	"sync"

	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"

	"github.com/labstack/echo/v4"
)

// builtIn are the built-in rulebooks, which do not change: read once, whatever
// number of servers there is.
var builtIn = sync.OnceValues(func() (books []*rulebook.Rulebook, err error) {
	for _, id := range rulebook.BuiltIn() {
		b, err := rulebook.Load(id)
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return books, nil
})

// loadBooks gathers the rulebooks that checks may use: the built-in ones and
// those that the service was started with. A plan names one of them; it cannot
// make the service read a file.
func (s *Server) loadBooks() error {
	s.books = map[string]*rulebook.Rulebook{}
	own, err := builtIn()
	if err != nil {
		return err
	}
	for _, b := range own {
		s.books[b.ID] = b
		s.order = append(s.order, b.ID)
	}
	for _, b := range s.Config.Books {
		if s.books[b.ID] != nil {
			return &geo.InputError{Field: "id",
				Message: geo.Textf("规则册 %q 重名", "there are two rulebooks %q", b.ID),
				Advice:  geo.Text{ZH: "请给自己的规则册换一个 id", EN: "Give your own rulebook another id"}}
		}
		s.books[b.ID] = b
		s.order = append(s.order, b.ID)
	}
	return s.pinsThere()
}

func (s *Server) booksAdvice() geo.Text { return rulebookSet{s.books, s.order}.advice() }

// rulebookSet is the rulebooks that checks may use.
type rulebookSet struct {
	books map[string]*rulebook.Rulebook
	order []string // ids, built-in first
}

func (s rulebookSet) advice() geo.Text {
	return geo.Textf("可用的规则册：%s", "The rulebooks are %s", strings.Join(s.order, ", "))
}

// bookFor is the rulebook that is asked for, else the plan's own, else the default.
func (s rulebookSet) bookFor(asked string, p *plan.Plan) (*rulebook.Rulebook, error) {
	id := bookName(asked, p)
	if b := s.books[id]; b != nil {
		return b, nil
	}
	return nil, &geo.InputError{File: "plan.yaml", Field: "rulebook",
		Message: geo.Textf("服务没有规则册 %q", "the service has no rulebook %q", id), Advice: s.advice()}
}

func bookName(asked string, p *plan.Plan) string { return cmp.Or(asked, p.Rulebook, check.DefaultBook) }

// bookView is a rulebook in a list.
type bookView struct {
	ID       string            `json:"id"`
	Title    geo.Text          `json:"title"`
	Source   geo.Text          `json:"source"`
	Extends  string            `json:"extends,omitempty"`
	Digest   string            `json:"digest"`
	Count    int               `json:"count"` // rules that are on
	Rules    []ruleView        `json:"rules,omitempty"`
	Excluded []excludedView    `json:"not_checkable,omitempty"`
	Links    map[string]string `json:"links"`
}

// ruleView is a rule's handbook page.
type ruleView struct {
	ID       string                `json:"id"`
	Kind     domain.ConstraintKind `json:"kind"`
	Group    string                `json:"group"`
	Level    domain.Level          `json:"level"`
	Stages   []string              `json:"stages,omitempty"` // none: every stage
	Papers   []paperView           `json:"papers,omitempty"` // of kind documents: what it looks for
	Clause   result.Clause         `json:"clause"`
	Title    geo.Text              `json:"title"`
	Measures geo.Text              `json:"measures"`
	Why      geo.Text              `json:"why"`
	Example  *geo.Text             `json:"example,omitempty"`
	Fix      geo.Text              `json:"fix"`
	Pitfalls *geo.Text             `json:"pitfalls,omitempty"`
}

type excludedView struct {
	Clause string   `json:"clause"`
	Text   string   `json:"text"`
	Why    geo.Text `json:"why"`
}

func viewBook(b *rulebook.Rulebook, whole bool) bookView {
	v := bookView{ID: b.ID, Title: b.Title, Source: b.Source, Extends: b.Extends, Digest: b.Digest,
		Links: map[string]string{"self": "/v1/rulebooks/" + b.ID}}
	for i := range b.Rules {
		if b.Rules[i].Off {
			continue
		}
		v.Count++
		if whole {
			v.Rules = append(v.Rules, viewRule(&b.Rules[i]))
		}
	}
	if whole {
		for _, n := range b.NotCheckable {
			v.Excluded = append(v.Excluded, excludedView{n.Clause, n.Text, n.Why})
		}
	}
	return v
}

func viewRule(r *rulebook.Rule) ruleView {
	v := ruleView{ID: r.ID, Kind: r.Kind(), Group: r.Group, Level: r.Level, Clause: r.Clause, Title: r.Title,
		Measures: r.Explain.Measures, Why: r.Explain.Why, Fix: r.Explain.Fix,
		Example: unlessEmpty(r.Explain.Example), Pitfalls: unlessEmpty(r.Explain.Pitfalls)}
	for _, stage := range r.Stages {
		v.Stages = append(v.Stages, string(stage))
	}
	if r.Documents != nil {
		v.Papers = viewPapers(r)
	}
	return v
}

func unlessEmpty(t geo.Text) *geo.Text {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (s *Server) listBooks(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	out := request.Page[bookView]{Items: []bookView{}}
	for _, id := range s.order {
		out.Items = append(out.Items, viewBook(s.books[id], false))
	}
	return c.JSON(http.StatusOK, out)
}

func (s *Server) book(c echo.Context) (*rulebook.Rulebook, error) {
	if q := request.Parameters(c); q.Err != nil {
		return nil, q.Err
	}
	if b := s.books[c.Param("id")]; b != nil {
		return b, nil
	}
	return nil, problem.NotFound(geo.Textf("没有规则册 %q", "there is no rulebook %q", c.Param("id")))
}

func (s *Server) showBook(c echo.Context) error {
	b, err := s.book(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewBook(b, true))
}

func (s *Server) showRule(c echo.Context) error {
	b, err := s.book(c)
	if err != nil {
		return err
	}
	for i := range b.Rules {
		if r := &b.Rules[i]; r.ID == c.Param("rule") && !r.Off {
			return c.JSON(http.StatusOK, viewRule(r))
		}
	}
	return problem.NotFound(geo.Textf("规则册 %s 里没有规则 %q", "rulebook %s has no rule %q", b.ID, c.Param("rule")))
}
