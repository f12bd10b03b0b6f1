package repair

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/geo/outfile"
	"landcheck/geo/zipped"
	"landcheck/rules/plan"
)

// maxFile is the largest file that is taken over, bytes.
const maxFile = 4 << 30

// packer writes a package that differs from another in what a suggestion changes.
type packer struct {
	from    *catalog.Catalog
	first   *plan.Plan
	edits   map[string]map[int]*edit // by layer, by record
	added   []*plan.Change
	scratch string
	files   []zipped.File
	taken   map[string]bool   // files of the package that others stand for
	renamed map[string]string // likewise, where the name is another
	notes   []geo.Text
}

// edit is what becomes of a record: nothing, or what is left of it.
type edit struct {
	from, to *plan.Change // to nil: it is left out
}

// Apply writes the package that a plan was read from as a suggestion has it, as
// a zip: the changed layers anew, marked 建议稿 in plan.yaml, all other files as
// they are. It is read and checked again before it appears, whole or not at all.
// Notes are what could not be taken over. The base data must still be open.
func (s *Set) Apply(ctx context.Context, from string, o plan.Options, x *Repair, out string) (notes []geo.Text, err error) {
	c, err := plan.OpenPackage(ctx, from, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	dir, err := os.MkdirTemp("", "landcheck-suggest-")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", out, err)
	}
	defer func() { err = errors.Join(err, outfile.RemoveAll(dir)) }()
	p := &packer{from: c, first: s.first, edits: map[string]map[int]*edit{}, scratch: dir, taken: map[string]bool{}, renamed: map[string]string{}}
	if err := p.plan(x.plan); err != nil {
		return nil, err
	}
	if err := p.layers(ctx); err != nil {
		return nil, err
	}
	if err := p.addedLayer(ctx); err != nil {
		return nil, err
	}
	if err := p.others(ctx, from); err != nil {
		return nil, err
	}
	for _, to := range []string{filepath.Join(dir, "package.zip"), out} {
		if err := zipped.Write(to, p.files, packed()); err != nil {
			return nil, fmt.Errorf("write %s: %w", out, err)
		}
		if to == out {
			return p.notes, nil
		}
		if err := s.proven(ctx, to, o, x); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// proven reads a package that was written and checks it: it has to come to what
// the suggestion said.
func (s *Set) proven(ctx context.Context, path string, o plan.Options, x *Repair) error {
	p, err := plan.Open(ctx, path, o)
	if err != nil {
		return fmt.Errorf("the changed package: %w", err)
	}
	p.Prior = s.first.Prior // with what a township ledger has, which the package does not
	got, err := s.suggester.examine(ctx, p)
	if err != nil {
		return fmt.Errorf("the changed package: %w", err)
	}
	want := map[string]bool{}
	for _, id := range x.Fails {
		want[id] = true
	}
	if now := failing(got.report); !maps.Equal(now, want) || got.report.Verdict != x.Verdict {
		return fmt.Errorf("the changed package fails %v and is %s where the suggestion fails %v and is %s",
			slices.Sorted(maps.Keys(now)), got.report.Verdict, x.Fails, x.Verdict)
	}
	return ctx.Err()
}

// packed is the time of every entry: the same plan gives the same bytes.
func packed() time.Time { return time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC) }

// plan sorts what is to be done by layer and record.
func (p *packer) plan(to *plan.Plan) error {
	pairs, added := altered(p.first, to)
	for _, pair := range pairs {
		c := pair[0]
		if p.first.StatesAfter && c.Role == landUse {
			return &geo.InputError{File: c.File,
				Message: geo.Text{ZH: "整治后地类图斑写的是全部地类，不能从中取消一项变更", EN: "the layer states the whole land use after the plan: no single change can be taken out of it"},
				Advice:  geo.Text{ZH: "请先把方案转为变更图层，再对其求修改建议", EN: "Turn the plan into layers of changes first, and ask for suggestions on that"}}
		}
		if p.edits[c.File] == nil {
			p.edits[c.File] = map[int]*edit{}
		}
		p.edits[c.File][c.Record] = &edit{pair[0], pair[1]}
	}
	p.added = added
	return nil
}

// others takes over every file that no new one stands for, and the manifest with
// its mark.
func (p *packer) others(ctx context.Context, from string) error {
	manifest, written := plan.ManifestNames()[0], false
	for _, f := range p.from.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if p.taken[f.Name] {
			continue
		}
		data, err := p.from.ReadFile(f.Name, maxFile)
		if err != nil {
			return err
		}
		if slices.Contains(plan.ManifestNames(), strings.ToLower(f.Name)) {
			if data, err = p.manifest(f.Name, data, from); err != nil {
				return err
			}
			written = true
		}
		p.files = append(p.files, zipped.File{Name: f.Name, Data: data})
	}
	if written {
		return nil
	}
	data, err := p.manifest(manifest, nil, from)
	p.files = append(p.files, zipped.File{Name: manifest, Data: data})
	return err
}

// manifest is plan.yaml with the mark in the project's name.
func (p *packer) manifest(file string, data []byte, from string) ([]byte, error) {
	name := p.first.Name
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(from), filepath.Ext(from))
	}
	if !strings.Contains(name, Mark) {
		name += "（" + Mark + "）"
	}
	return plan.Renamed(file, data, name, func(layer string) string {
		for old, now := range p.renamed {
			plain := strings.ReplaceAll(layer, `\`, "/")
			switch rest, inside := strings.CutPrefix(plain, old); {
			case plain == old || plain == path.Base(old):
				return now
			case inside && (rest[0] == '/' || rest[0] == '!'):
				return now + "!" + path.Base(rest[1:])
			}
		}
		return layer
	})
}
