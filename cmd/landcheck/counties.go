package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// ofCounty is a --base of a county: 150123=DIR.
var ofCounty = regexp.MustCompile(`^([0-9]{6})=(.+)$`)

// byCounty sorts base data by county: as CODE=PATH says, else as the codes of
// its townships do.
func byCounty(ctx context.Context, bases []string) (map[string][]string, error) {
	all := map[string][]string{}
	for _, base := range bases {
		county, path := "", base
		if m := ofCounty.FindStringSubmatch(base); m != nil {
			county, path = m[1], m[2]
		} else {
			var err error
			if county, err = countyOf(ctx, path); err != nil {
				return nil, err
			}
		}
		all[county] = append(all[county], path)
	}
	return all, nil
}

// countyOf reads the codes of a base's townships, which begin with their
// county's. Base data without townships, or of several counties, is a
// *geo.Fault that says how to write it.
func countyOf(ctx context.Context, path string) (_ string, err error) {
	base, err := plan.OpenBase(ctx, []string{path}, plan.BaseOptions{})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	townships, err := base.Near(ctx, plan.Townships, geo.CRS{Kind: geo.Geographic}, nil)
	if err != nil {
		return "", err
	}
	counties := map[string]bool{}
	for _, t := range townships {
		if len(t.Code) >= 6 {
			counties[t.Code[:6]] = true
		}
	}
	codes := slices.Sorted(maps.Keys(counties))
	if len(codes) == 1 && ofCounty.MatchString(codes[0]+"=x") {
		return codes[0], nil
	}
	fault := &geo.Fault{File: path,
		Problem: geo.Text{ZH: "看不出这是哪个旗县的底图：没有乡镇（XZQ）代码", EN: "there is no telling whose base data this is: no township (XZQ) has a code"},
		Advice:  geo.Textf("请写明旗县：--base 150123=%s", "Say the county: --base 150123=%s", path)}
	if len(codes) > 1 {
		fault.Problem = geo.Textf("底图含多个旗县的乡镇：%s", "the base data has townships of several counties: %s", strings.Join(codes, ", "))
		fault.Advice = geo.Text{ZH: fmt.Sprintf("请按旗县分开，或写明归属：--base %s=%s", codes[0], path),
			EN: fmt.Sprintf("Separate them by county, or say whose they are: --base %s=%s", codes[0], path)}
	}
	return "", fault
}
