package trial

import (
	"maps"
)

// over lays a draft over another: what it says itself wins.
func (d *draft) over(under *draft) *draft {
	if under == nil {
		return d
	}
	out := *d
	out.plan, out.base, out.systems = laid(d.plan, under.plan), laid(d.base, under.base), laid(d.systems, under.systems)
	out.manifest = maps.Clone(under.manifest)
	for key, n := range d.manifest {
		out.manifest[key] = merged(under.manifest[key], n)
	}
	if d.without == nil {
		out.without = under.without
	}
	if d.missing == nil {
		out.missing = under.missing
	}
	if d.files == nil {
		out.files = under.files
	}
	if d.up == nil {
		out.up = under.up
	}
	if d.approved == nil {
		out.approved = under.approved
	}
	return &out
}

func laid[K comparable, V any](over, under map[K]V) map[K]V {
	out := maps.Clone(under)
	maps.Copy(out, over)
	return out
}
