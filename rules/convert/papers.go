package convert

import (
	"context"
	"errors"
	"slices"
	"strings"

	"landcheck/geo/catalog"
	"landcheck/geo/zipped"
	"landcheck/rules/plan"
)

// maxPaper is the largest paper that is taken over, bytes.
const maxPaper = 1 << 30

// Papers are the files of a package that are no layers: papers, and plan.yaml
// without what it says of layers, which have standard names now. What the plan
// ignores, and what is not read, stays behind.
func Papers(ctx context.Context, path string, p *plan.Plan) (files []zipped.File, err error) {
	c, err := catalog.Open(ctx, path, catalog.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	for _, item := range c.Items() {
		if item.Usage != catalog.Unclaimed || slices.Contains(p.Ignored, item.Name) || !c.Has(item.Name) {
			continue
		}
		if slices.ContainsFunc(p.Unread, func(u plan.Unread) bool { return u.File == item.Name }) {
			continue
		}
		data, err := c.ReadFile(item.Name, maxPaper)
		if err != nil {
			return nil, err
		}
		if slices.Contains(plan.ManifestNames(), strings.ToLower(item.Name)) {
			if data, err = plan.WithoutLayers(item.Name, data); err != nil {
				return nil, err
			}
		}
		files = append(files, zipped.File{Name: item.Name, Data: data})
	}
	return files, nil
}
