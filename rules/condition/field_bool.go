package condition

import (
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

func boolField(name string) predicate {
	owner, field := split(name)
	if owner == "" {
		switch field {
		case "in_project":
			return func(f *ledger.Face) bool { return f.InProject }
		case "sliver":
			return func(f *ledger.Face) bool { return f.Sliver }
		}
		return nil
	}
	if change := changeNamed(owner); change != nil && field == "exists" {
		return func(f *ledger.Face) bool { return change(f).Exists }
	}
	state := stateOf(owner)
	if state == nil {
		return nil
	}
	if read := stateBool(field); read != nil {
		return func(f *ledger.Face) bool { return read(state(f)) }
	}
	return nil
}

func stateBool(field string) func(*ledger.State) bool {
	switch field {
	case "known":
		return func(s *ledger.State) bool { return s.Known }
	case "cropland":
		return func(s *ledger.State) bool { return s.Cropland }
	case "construction":
		return func(s *ledger.State) bool { return s.Construction }
	case "forest":
		return func(s *ledger.State) bool { return s.Forest }
	case "grassland":
		return func(s *ledger.State) bool { return s.Grassland }
	case "wetland":
		return func(s *ledger.State) bool { return s.Wetland }
	case "ecological":
		return func(s *ledger.State) bool { return s.Ecological }
	case "agricultural":
		return func(s *ledger.State) bool { return s.Agricultural }
	case "unused":
		return func(s *ledger.State) bool { return s.Unused }
	case "unstable":
		return func(s *ledger.State) bool { return s.Unstable }
	case "pbf":
		return func(s *ledger.State) bool { return s.PBF }
	case "red_line":
		return func(s *ledger.State) bool { return s.RedLine }
	case "urban":
		return func(s *ledger.State) bool { return s.Urban }
	case "urban_enclosed":
		return func(s *ledger.State) bool { return s.UrbanEnclosed }
	case "red_line_window":
		return func(s *ledger.State) bool { return s.RedLineWindow }
	}
	if flag, ok := ledger.FlagOf(domain.Role(field)); ok {
		return func(s *ledger.State) bool { return *flag.In(s) }
	}
	return nil
}
