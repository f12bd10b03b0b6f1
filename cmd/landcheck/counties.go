package main

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// ofCounty is a --base of a county: 150123=DIR.
var ofCounty = regexp.MustCompile(`^([0-9]{6})=(.+)$`)

// byCounty sorts base data by county: as CODE=PATH says, else as the codes of
// its townships do. Base data without townships, or of several counties, is a
// *geo.InputError that says how to write it.
func byCounty(ctx context.Context, bases []string) (map[string][]string, error) {
	all := map[string][]string{}
	for _, base := range bases {
		if m := ofCounty.FindStringSubmatch(base); m != nil {
			all[m[1]] = append(all[m[1]], m[2])
			continue
		}
		codes, err := countiesIn(ctx, []string{base})
		if err != nil {
			return nil, err
		}
		if len(codes) != 1 {
			return nil, unknownCounty(base, codes, geo.Textf("请写明旗县：--base 150123=%s", "Say the county: --base 150123=%s", base))
		}
		all[codes[0]] = append(all[codes[0]], base)
	}
	return all, nil
}

// countiesIn are the counties that the codes of a base's townships begin with.
func countiesIn(ctx context.Context, paths []string) (_ []string, err error) {
	base, err := plan.OpenBase(ctx, paths, plan.BaseOptions{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	return countiesOf(ctx, base)
}

func countiesOf(ctx context.Context, base *plan.Base) ([]string, error) {
	townships, err := base.Near(ctx, domain.Townships, geo.CRS{Kind: geo.Geographic}, nil)
	if err != nil {
		return nil, err
	}
	counties := map[string]bool{}
	for _, t := range townships {
		if len(t.Code) >= 6 && ofCounty.MatchString(t.Code[:6]+"=x") {
			counties[t.Code[:6]] = true
		}
	}
	return slices.Sorted(maps.Keys(counties)), nil
}

// unknownCounty is the input error of base data that does not tell its county.
func unknownCounty(file string, codes []string, advice geo.Text) error {
	f := &geo.InputError{File: file, Advice: advice,
		Message: geo.Text{ZH: "看不出这是哪个旗县的底图：没有乡镇（XZQ）代码", EN: "there is no telling whose base data this is: no township (XZQ) has a code"}}
	if len(codes) > 1 {
		f.Message = geo.Textf("底图含多个旗县的乡镇：%s", "the base data has townships of several counties: %s", strings.Join(codes, ", "))
	}
	return f
}
