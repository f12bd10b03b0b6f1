package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"landcheck/api/store"
	"landcheck/api/store/embedded"
	"landcheck/geo"
)

// dataHoldings is a service's data directory: whole and by county. None is there
// where nobody said which and the usual one does not exist.
func dataHoldings(ctx context.Context, f cleanFlags) (all []holding, err error) {
	dir := f.data
	if dir == "" {
		if dir = defaultData; embedded.IsStore(dir) != nil {
			return nil, nil
		}
	}
	if err := embedded.IsStore(dir); err != nil {
		return nil, err
	}
	kept, err := keptIn(ctx, dir)
	if err != nil && !slices.Contains(f.remove, "data") {
		if inUse, ok := geo.AsInputError(err); ok {
			return []holding{{kind: "data", path: dir, bytes: bytesBelow(dir), remark: inUse.Message}}, nil
		}
	}
	if err != nil {
		return nil, err
	}
	if f.county == "" {
		all = append(all, holding{kind: "data", path: dir, bytes: bytesBelow(dir), remove: func() error { return embedded.Erase(dir) },
			remark: geo.Text{ZH: "全部：方案、核查、报告、令牌、审计记录", EN: "all of it: plans, checks, reports, tokens, audit trail"}})
	}
	for _, c := range kept.Counties {
		if f.county != "" && f.county != c.County {
			continue
		}
		h := holding{kind: "data", path: dir, bytes: c.Bytes, remark: geo.Textf("其中 %[1]s：%[2]d 个方案，%[3]d 次核查", "of it %[1]s: %[2]d plans, %[3]d checks", c.County, c.Plans, c.Checks)}
		if f.county != "" {
			h.remove = func() error { return eraseCounty(ctx, dir, c.County) }
		}
		all = append(all, h)
	}
	return all, nil
}

// keptIn is what a service's directory keeps by county; a *geo.InputError where
// the service runs.
func keptIn(ctx context.Context, dir string) (kept store.Pruned, err error) {
	s, err := openForCleaning(ctx, dir)
	if err != nil {
		return kept, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	return s.store.Prune(ctx, store.Retention{Keep: time.Nanosecond, DryRun: true})
}

func openForCleaning(ctx context.Context, dir string) (*service, error) {
	return openBeside(ctx, "", dir, geo.Text{ZH: "请先停止那个服务", EN: "Stop that service first"})
}

// eraseCounty removes a county's plans with all that came of them; the audit
// trail says so.
func eraseCounty(ctx context.Context, dir, county string) (err error) {
	s, err := openForCleaning(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	plans, err := s.store.ListPlans(ctx, store.Query{County: county})
	if err != nil {
		return err
	}
	for _, p := range plans {
		e := store.Entry{Who: "shell:" + whoami(), What: "delete", Object: p.ID, Reason: "landcheck clean"}
		if err := s.store.DeletePlan(ctx, p.ID, e); err != nil {
			return fmt.Errorf("%s: %w", strings.TrimSpace(p.Name+" "+p.ID), err)
		}
	}
	return nil
}
