package plan

import (
	"fmt"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// origin is how a layer's coordinate system became known.
type origin byte

const (
	declared origin = iota // the file says it
	guessed                // read off the zone number in its coordinates
	given                  // the manifest or the command line says it
	nowhere                // no coordinates, so none is needed
)

// nativeCRS settles the system of a layer: what the file says, else what its
// coordinates say, else what the user says. Coordinates that the system cannot
// hold are a *geo.Fault: a wrong .prj moves land by hundreds of kilometres.
func nativeCRS(l geo.Layer, user geo.CRS) (geo.CRS, origin, error) {
	crs, err := l.CRS()
	if err != nil {
		return geo.CRS{}, nowhere, inFile(err, l.File())
	}
	bound := l.Bound()
	switch {
	case bound.IsEmpty():
		return crs, nowhere, nil
	case !crs.IsZero():
		return crs, declared, fits(l, crs, bound)
	}
	crs, err = geo.GuessCRS(bound)
	switch {
	case err == nil:
		return crs, guessed, nil
	case user.IsZero():
		return geo.CRS{}, nowhere, inFile(err, l.File())
	}
	return user, given, fits(l, user, bound)
}

// reach is how far from its central meridian a zone is still used, metres;
// neighbouring zones and custom meridians included.
const reach = 600e3

// northmost is the northing of 84° N, where Gauss-Krüger ends in practice; at
// the pole areas are no numbers.
const northmost = 9.33e6

func fits(l geo.Layer, crs geo.CRS, b orb.Bound) error {
	ok := b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90
	if crs.Kind == geo.GaussKruger {
		ok = b.Min[0] >= crs.FalseEasting-reach && b.Max[0] <= crs.FalseEasting+reach &&
			b.Min[1] >= crs.FalseNorthing && b.Max[1] <= crs.FalseNorthing+northmost
	}
	if ok {
		return nil
	}
	return &geo.Fault{
		File: l.File(),
		Problem: geo.Textf("坐标（%.3f, %.3f）至（%.3f, %.3f）与坐标系 %s 不符",
			"coordinates from (%.3f, %.3f) to (%.3f, %.3f) do not fit the coordinate system %s",
			b.Min[0], b.Min[1], b.Max[0], b.Max[1], crs),
		Advice: geo.Text{
			ZH: "请更正 .prj 文件或 --crs，或以正确的坐标系重新导出",
			EN: "Correct the .prj file or --crs, or export the layer again in its true system",
		},
	}
}

// inFile gives a fault the file that it lacks.
func inFile(err error, file string) error {
	if err == nil {
		return nil
	}
	if f, ok := geo.AsFault(err); ok {
		if f.File != "" {
			return err
		}
		placed := *f
		placed.File = file
		return &placed
	}
	return fmt.Errorf("%s: %w", file, err)
}

// inRecord gives a fault the file and record that it lacks.
func inRecord(err error, file string, record int) error {
	err = inFile(err, file)
	if f, ok := geo.AsFault(err); ok && f.Record == 0 {
		placed := *f
		placed.Record = record
		return &placed
	}
	return err
}
