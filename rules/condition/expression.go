package condition

import (
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// Origin is where the text of an expression stands.
type Origin interface {
	// Fault is something wrong at a rune of the text, counted from 0. A rune
	// beyond its ends stands for the nearest.
	Fault(rune int, message, advice geo.Text) *geo.InputError
}

// Expression is a compiled text and what it reads. The zero value is one that
// was not written.
type Expression struct {
	origin    Origin
	program   *vm.Program
	roles     map[domain.Role]bool // base roles behind the names
	patches   bool                 // reads patch_area
	county    bool                 // reads plan.county
	year      bool                 // reads plan.year
	block     bool                 // reads sloped_block
	named     bool                 // reads a name at all
	always    bool                 // the literal "true"
	condition bool                 // yields a bool
	fast      predicate            // the same, without the machine; nil where it cannot be
}

// Roles are the base layers behind the names; not to be changed.
func (x *Expression) Roles() map[domain.Role]bool { return x.roles }

// ReadsPatches reports an expression that reads patch_area.
func (x *Expression) ReadsPatches() bool { return x.patches }

// ReadsCounty reports an expression that reads plan.county.
func (x *Expression) ReadsCounty() bool { return x.county }

// ReadsYear reports an expression that reads plan.year.
func (x *Expression) ReadsYear() bool { return x.year }

// ReadsBlock reports an expression that reads sloped_block.
func (x *Expression) ReadsBlock() bool { return x.block }

// IsCondition reports an expression that yields true or false.
func (x *Expression) IsCondition() bool { return x.condition }

// Always reports the condition that is written "true".
func (x *Expression) Always() bool { return x.always }

// Source is the text as it was compiled, "" where none was.
func (x *Expression) Source() string {
	if x.program == nil {
		return ""
	}
	return x.program.Source().String()
}

// Fault is something wrong with the expression as a whole.
func (x *Expression) Fault(message, advice geo.Text) *geo.InputError {
	return x.fault(0, message, advice)
}

func (x *Expression) fault(rune int, message, advice geo.Text) *geo.InputError {
	if x.origin == nil {
		return &geo.InputError{Message: message, Advice: advice}
	}
	return x.origin.Fault(rune, message, advice)
}

// maxNodes caps an expression; the longest built-in one has 60.
const maxNodes = 400

func (x *Expression) build(in *Language, text string, as expr.Option) error {
	if len(text) > 4000 {
		return x.Fault(geo.Text{ZH: "条件过长", EN: "the expression is too long"}, geo.Text{})
	}
	if in == nil {
		in = NewLanguage()
	}
	w := &validator{roles: map[domain.Role]bool{}}
	program, err := in.compile(text, as, w)
	if w.refused != nil {
		return x.inside(*w.refused, geo.Textf("条件中不允许使用“%s”", "%q is not allowed in an expression", w.word), nil)
	}
	if err != nil {
		return x.explain(err)
	}
	x.program, x.roles, x.patches, x.named = program, w.roles, w.patches, w.named
	x.county, x.year, x.block = w.county, w.year, w.block
	return nil
}
