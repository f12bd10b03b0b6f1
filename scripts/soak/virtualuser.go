package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	formats "landcheck/rules/report"
)

// virtualUser is one client at work. It belongs to one goroutine.
type virtualUser struct {
	*client
	county *county
	field  *field
	random *rand.Rand
	name   string
	turn   int
	drawn  string // check of the county's bulk plan, whose tiles are asked for
}

// runUser lets clients of every county work side by side until the end.
func runUser(ctx context.Context, s *service, f *field, p *invariants, o options, end time.Time) {
	ctx, cancel := context.WithDeadline(ctx, end.Add(5*time.Minute)) // for what is under way
	defer cancel()
	var all sync.WaitGroup
	for i := range o.clients {
		c := f.counties[i%len(f.counties)]
		token := s.tokens[c.code]
		if i%8 == 7 {
			token = s.admin
		}
		v := &virtualUser{client: newClient(s, p, token), county: c, field: f, random: rand.New(rand.NewPCG(o.seed, uint64(i))), name: fmt.Sprintf("client %d", i)}
		all.Go(func() {
			for v.turn = 0; time.Now().Before(end) && ctx.Err() == nil && s.alive(); v.turn++ {
				if err := v.once(ctx); err != nil && !errors.Is(err, errRefused) && ctx.Err() == nil {
					p.violated("%s: %v", v.name, err)
				}
			}
		})
	}
	all.Wait()
	if ctx.Err() != nil {
		p.violated("clients were still at work five minutes after the end")
	}
	for _, layer := range []string{"findings", "faces", "land_use", "townships"} {
		if p.tiles[layer] == 0 {
			p.violated("no tile of %s showed anything", layer)
		}
	}
}

// once does one of the things that clients do, common ones more often.
func (v *virtualUser) once(ctx context.Context) error {
	if v.drawn == "" {
		if err := v.arrive(ctx); err != nil {
			return err
		}
	}
	things := []struct {
		weight int
		do     func(context.Context) error
	}{
		{4, v.review}, {2, v.again}, {2, v.broken}, {1, v.hostile}, {2, v.cancel}, {8, v.pan}, {4, v.browse}, {1, v.compare},
	}
	n := v.random.IntN(24)
	for _, t := range things {
		if n -= t.weight; n < 0 {
			return t.do(ctx)
		}
	}
	return nil
}

// arrive has the county's large plan checked, whose map all its clients look at.
func (v *virtualUser) arrive(ctx context.Context) (err error) {
	v.county.once.Do(func() {
		// A check shows what its asker may see: one of a wider prefix is not the county's.
		own := newClient(v.service, v.invariants, v.service.tokens[v.county.code])
		var plan string
		if plan, err = own.upload(ctx, v.county.bulk); err != nil {
			return
		}
		var k checkState
		if k, err = own.check(ctx, plan); err == nil && k.State == "done" {
			v.county.drawn = k.ID
		}
	})
	if v.drawn = v.county.drawn; v.drawn == "" && err == nil {
		err = errors.New("the county's large plan has not been checked")
	}
	return err
}

// own is a new plan of the visitor's, made from one of the county's.
func (v *virtualUser) own() ([]byte, error) {
	return renamed(v.county.plans[v.random.IntN(len(v.county.plans))], fmt.Sprintf("%s %d", v.name, v.turn), nil)
}

// review is the main job: upload, check, read, and put away.
func (v *virtualUser) review(ctx context.Context) error {
	return v.with(ctx, func(plan string) error {
		k, err := v.check(ctx, plan)
		if err != nil || k.State != "done" {
			return err
		}
		return v.read(ctx, plan, k.ID)
	})
}

// read fetches what a check came to, as JSON and in another format.
func (v *virtualUser) read(ctx context.Context, plan, check string) error {
	a, err := v.ask(ctx, "report json", "GET", "/v1/checks/"+check+"/report", nil)
	if err != nil {
		return err
	}
	if a.status == http.StatusOK {
		v.invariants.reported(plan+" for "+v.token, a.body) // what a caller may see of neighbours is part of it
	}
	names := formats.Names(false)
	format := names[v.random.IntN(len(names))]
	if _, err := v.ask(ctx, "report "+format, "GET", "/v1/checks/"+check+"/report?f="+format, nil); err != nil {
		return err
	}
	return v.pages(ctx, "/v1/checks/"+check+"/findings?limit=5")
}

// pages walks a list.
func (v *virtualUser) pages(ctx context.Context, next string) error {
	for range 4 {
		a, err := v.ask(ctx, "pages", "GET", next, nil)
		if err != nil || a.status != http.StatusOK {
			return err
		}
		var page struct{ Next string }
		if err := a.into(&page); err != nil {
			return err
		}
		if next = page.Next; next == "" {
			break
		}
	}
	return nil
}

// forget deletes a plan, where the service has that.
func (v *virtualUser) forget(ctx context.Context, plan string) {
	a, err := v.ask(ctx, "delete plan", "DELETE", "/v1/plans/"+plan+"?reason=soak", nil)
	v.invariants.forgot(plan, err == nil && a.status < 300)
}

// again has a plan checked twice: one report.
func (v *virtualUser) again(ctx context.Context) error {
	return v.with(ctx, func(plan string) error {
		for range 2 {
			k, err := v.check(ctx, plan)
			if err != nil || k.State != "done" {
				return err
			}
			if err := v.read(ctx, plan, k.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// with does something with a new plan, and puts it away.
func (v *virtualUser) with(ctx context.Context, do func(plan string) error) error {
	data, err := v.own()
	if err != nil {
		return err
	}
	plan, err := v.upload(ctx, data)
	if err != nil {
		return err
	}
	defer v.forget(ctx, plan)
	return do(plan)
}

// broken sends what is no package, or half of one.
func (v *virtualUser) broken(ctx context.Context) error {
	data := v.county.plans[v.random.IntN(len(v.county.plans))]
	switch v.random.IntN(3) {
	case 0:
		data = data[:v.random.IntN(len(data))]
	case 1:
		data = append([]byte{}, data...)
		for range 50 {
			data[v.random.IntN(len(data))] = byte(v.random.IntN(256))
		}
	default:
		data = make([]byte, v.random.IntN(100_000))
		for i := range data {
			data[i] = byte(v.random.IntN(256))
		}
	}
	plan, err := v.upload(ctx, data)
	if err != nil {
		return err
	}
	defer v.forget(ctx, plan)
	_, err = v.check(ctx, plan)
	return err
}

func (v *virtualUser) hostile(ctx context.Context) error {
	data, err := hostile(v.random, v.county.small, fmt.Sprintf("hostile %s %d", v.name, v.turn))
	if err != nil {
		return err
	}
	plan, err := v.upload(ctx, data)
	if err != nil {
		return err
	}
	defer v.forget(ctx, plan)
	_, err = v.check(ctx, plan)
	return err
}

// cancel ends a check that it has just asked for, and hears of it by events.
func (v *virtualUser) cancel(ctx context.Context) error {
	return v.with(ctx, func(plan string) error {
		a, err := v.ask(ctx, "check", "POST", "/v1/plans/"+plan+"/checks", []byte("{}"), "Content-Type", "application/json")
		if err != nil || a.status >= 300 {
			return err
		}
		var k checkState
		if err := a.into(&k); err != nil {
			return err
		}
		if v.random.IntN(2) == 0 {
			if _, err := v.ask(ctx, "cancel", "DELETE", "/v1/checks/"+k.ID, nil); err != nil {
				return err
			}
		}
		_, err = v.ask(ctx, "events", "GET", "/v1/checks/"+k.ID+"/events", nil)
		return err
	})
}

// compare asks for the difference of a check and the county's large one.
func (v *virtualUser) compare(ctx context.Context) error {
	return v.with(ctx, func(plan string) error {
		k, err := v.check(ctx, plan)
		if err != nil || k.State != "done" {
			return err
		}
		_, err = v.ask(ctx, "diff", "GET", "/v1/checks/"+k.ID+"/diff/"+v.drawn, nil)
		return err
	})
}
