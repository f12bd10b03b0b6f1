package sample

import (
	"fmt"

	"github.com/paulmach/orb"
)

// schedule is how a plan is spread over three years: what share of the land in and
// out of PBF, by area, has moved by the end of the first and of the second.
type schedule struct{ in, out [2]float64 }

// running makes the draft a project that has been going on since 2024 and
// accounts for 2026. Villages and meadows become fields in the years that
// reclaimed says, by their number; fields are lost in the second year.
func (d *draft) running(p schedule, reclaimed func(n int) int) {
	d.stage = "annual"
	n := 0
	for i := range d.use {
		switch x := &d.use[i]; {
		case (&parcel{class: x.class}).cropland():
			x.when(reclaimed(n))
			n++
		case x.class == "0301": // the old mine
			x.when(2026)
		default:
			x.when(2025)
		}
	}
	d.spread(d.in, p.in)
	d.spread(d.out, p.out)
}

// spread gives PBF changes their years, in order. What changes class at the
// same place moves with it.
func (d *draft) spread(changes []change, share [2]float64) {
	var free []*change
	for i := range changes {
		x := &changes[i]
		if u := d.useAt(x.shape); u != nil {
			x.when(u.yearNumber())
		} else {
			free = append(free, x)
		}
	}
	var whole, sum float64
	for _, x := range free {
		whole += float64(d.net([]change{*x}))
	}
	for _, x := range free {
		sum += float64(d.net([]change{*x}))
		switch {
		case sum <= share[0]*whole:
			x.when(2024)
		case sum <= share[1]*whole:
			x.when(2025)
		default:
			x.when(2026)
		}
	}
}

func (d *draft) useAt(shape orb.MultiPolygon) *change {
	for i := range d.use {
		if orb.Equal(d.use[i].shape, shape) {
			return &d.use[i]
		}
	}
	return nil
}

// when moves a change into a year; day and month stay.
func (x *change) when(year int) {
	x.year = fmt.Sprint(year)
	for _, date := range []*string{&x.date, &x.surveyDate} {
		if *date != "" {
			*date = x.year + (*date)[4:]
		}
	}
}

func (x *change) yearNumber() (year int) {
	fmt.Sscan(x.year, &year)
	return year
}
