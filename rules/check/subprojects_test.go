package check

import (
	"errors"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

func TestSubProjectsThatAreUp(t *testing.T) {
	p := &plan.Plan{Documents: []plan.Document{{SubProject: "ZXM-03"}}}
	p.Stage = domain.SubprojectAcceptance
	p.Changes = make([]plan.Change, 3)
	p.Changes[0].SubProject, p.Changes[1].SubProject = "ZXM-02", "ZXM-01"
	bare := &plan.Plan{}
	bare.Stage = domain.SubprojectAcceptance
	for _, x := range []struct {
		order Request
		wrong string
	}{
		{Request{Plan: p}, ""},
		{Request{Plan: p, SubProjects: []string{"ZXM-01", "ZXM-03"}}, ""},
		{Request{Plan: p, SubProjects: []string{"ZXM-01", "ZXM-1"}}, "方案中没有子项目“ZXM-1”。方案有 3 个子项目：ZXM-01, ZXM-02, ZXM-03"},
		{Request{Plan: bare, SubProjects: []string{"ZXM-01"}}, "方案中没有子项目“ZXM-01”。方案的变更和文件都没有写子项目编号（XMBH）"},
		{Request{Plan: p, Stage: domain.Annual, SubProjects: []string{"ZXM-1"}}, ""}, // all are asked there
		{Request{Plan: bare}, ""},
	} {
		err := up(x.order)
		var f *geo.InputError
		switch {
		case x.wrong == "" && err != nil:
			t.Errorf("%v: %v", x.order.SubProjects, err)
		case x.wrong != "" && (!errors.As(err, &f) || f.Text().ZH != x.wrong):
			t.Errorf("%v: %v, want %s", x.order.SubProjects, err, x.wrong)
		}
	}
}
