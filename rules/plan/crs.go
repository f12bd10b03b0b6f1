package plan

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// origin is how a layer's coordinate system became known.
type origin byte

const (
	declared      origin = iota // the file says it
	guessed                     // read off the zone number in its coordinates
	given                       // the manifest or the command line says it
	unknownOrigin               // no coordinates, so none is needed
)

// nativeCRS settles the system of a layer: what the file says, else what its
// coordinates say, else what the user says. Coordinates that the system cannot
// hold are a *geo.InputError: a wrong .prj moves land by hundreds of kilometres.
func nativeCRS(l geo.Layer, user geo.CRS) (geo.CRS, origin, error) {
	crs, err := l.CRS()
	if err != nil {
		return geo.CRS{}, unknownOrigin, inFile(err, l.File())
	}
	bound := l.Bound()
	switch {
	case bound.IsEmpty():
		return crs, unknownOrigin, nil
	case !crs.IsZero():
		return crs, declared, placed(l, crs, bound, declared)
	}
	crs, err = geo.GuessCRS(bound)
	switch {
	case err == nil:
		return crs, guessed, nil
	case user.IsZero():
		return geo.CRS{}, unknownOrigin, inFile(err, l.File())
	}
	return user, given, placed(l, user, bound, given)
}

// placed is fits, and names the first record whose coordinates do not where
// others' do.
func placed(l geo.Layer, crs geo.CRS, bound orb.Bound, o origin) error {
	if crs.Holds(bound) {
		return nil
	}
	corner := func(p orb.Point) bool { return crs.Holds(orb.Bound{Min: p, Max: p}) }
	if corner(bound.Min) || corner(bound.Max) {
		for f, err := range l.Near(context.Background(), nil, nil) {
			if err != nil {
				break // of another kind; the coordinates are to blame all the same
			}
			if b := geo.Bound(f.Geometry); !b.IsEmpty() && !crs.Holds(b) {
				return inRecord(fits(l, crs, b, o), l.File(), f.Record)
			}
		}
	}
	return fits(l, crs, bound, o)
}

// fits refuses coordinates that the system cannot hold, naming the system that
// can. What whoever checks or the manifest gives serves layers that say nothing:
// it is blamed only where the system is theirs.
func fits(l geo.Layer, crs geo.CRS, b orb.Bound, o origin) error {
	if crs.Holds(b) {
		return nil
	}
	f := &geo.InputError{
		File: l.File(),
		Message: geo.Textf("坐标（%.3f, %.3f）至（%.3f, %.3f）与坐标系 %s 不符",
			"coordinates from (%.3f, %.3f) to (%.3f, %.3f) do not fit the coordinate system %s",
			b.Min[0], b.Min[1], b.Max[0], b.Max[1], crs.Named()),
		Advice: geo.Text{ZH: "请更正图层自带的坐标系说明（.prj 等），或以正确的坐标系重新导出", EN: "Correct what the layer itself says of its system (its .prj), or export it again in its true system"},
	}
	if o == given {
		f.Advice = geo.Text{ZH: "请更正为这些图层给出的坐标系（plan.yaml 的 crs）", EN: "Correct the coordinate system that is given for these layers (crs in plan.yaml)"}
		f.Wants = geo.SystemInput
	}
	if likely, ok := geo.LikelyCRS(crs, b); ok {
		f.Message.ZH += "；它们符合 " + likely.Named()
		f.Message.EN += "; they fit " + likely.Named()
	}
	return f
}

// inFile gives an input error the file that it lacks.
func inFile(err error, file string) error {
	if err == nil {
		return nil
	}
	if f, ok := geo.AsInputError(err); ok {
		if f.File != "" {
			return err
		}
		placed := *f
		placed.File = file
		return &placed
	}
	return fmt.Errorf("%s: %w", file, err)
}

// inRecord gives an input error the file and record that it lacks.
func inRecord(err error, file string, record int) error {
	err = inFile(err, file)
	if f, ok := geo.AsInputError(err); ok && f.Record == 0 {
		placed := *f
		placed.Record = record
		return &placed
	}
	return err
}
