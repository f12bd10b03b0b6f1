package condition

import (
	"fmt"

	"landcheck/rules/ledger"
	"landcheck/rules/wording"

	"github.com/expr-lang/expr/vm"
)

// view is what an expression sees: a face, the plan, and the constants.
type view struct {
	*ledger.Face
	Plan      PlanValues `expr:"plan"`
	PatchArea float64    `expr:"patch_area"`
	Mu        float64    `expr:"mu"`
}

// PlanValues are what an expression sees of the plan as a whole.
type PlanValues struct {
	County string `expr:"county"`
	Year   int    `expr:"year"`
	Stage  string `expr:"stage"`
}

// Machine evaluates conditions and amounts over faces. It belongs to one
// goroutine.
type Machine struct {
	vm   vm.VM
	view view
}

// NewMachine makes one for a plan.
func NewMachine(p PlanValues) *Machine { return &Machine{view: view{Mu: wording.Mu, Plan: p}} }

// Select lists those of faces, which are places in all, that meet a condition,
// in their order. patch holds patch_area by face, nil where the rule knows none.
func (m *Machine) Select(c *Condition, all []ledger.Face, faces []int, patch []float64) ([]int, error) {
	var out []int
	if c.fast != nil {
		for _, i := range faces {
			if c.fast(&all[i]) {
				out = append(out, i)
			}
		}
		return out, nil
	}
	for _, i := range faces {
		got, err := m.run(c.program, all, i, patch)
		if err != nil {
			return nil, err
		}
		if yes, _ := got.(bool); yes {
			out = append(out, i)
		}
	}
	return out, nil
}

// Amounts reads a quantity of faces, which are places in all, in their order.
func (m *Machine) Amounts(a *Amount, all []ledger.Face, faces []int, patch []float64) ([]float64, error) {
	if a.program == nil {
		return nil, fmt.Errorf("%q is no quantity of a face", a.Text)
	}
	out := make([]float64, len(faces))
	if read := common(a.Text); read != nil {
		for k, i := range faces {
			out[k] = read(&all[i])
		}
		return out, nil
	}
	for k, i := range faces {
		got, err := m.run(a.program, all, i, patch)
		if err != nil {
			return nil, err
		}
		out[k], _ = got.(float64)
	}
	return out, nil
}

func (m *Machine) run(program *vm.Program, all []ledger.Face, i int, patch []float64) (any, error) {
	m.view.Face = &all[i]
	if patch != nil {
		m.view.PatchArea = patch[i]
	}
	return m.vm.Run(program, &m.view)
}

// common reads the quantities that nearly every rule uses.
func common(text string) func(*ledger.Face) float64 {
	switch text {
	case "area":
		return func(f *ledger.Face) float64 { return f.Area }
	case "before.pbf_net":
		return func(f *ledger.Face) float64 { return f.Before.PBFNet }
	case "after.pbf_net":
		return func(f *ledger.Face) float64 { return f.After.PBFNet }
	case "before.cropland_net":
		return func(f *ledger.Face) float64 { return f.Before.CroplandNet }
	case "after.cropland_net":
		return func(f *ledger.Face) float64 { return f.After.CroplandNet }
	}
	return nil
}
