package report

import (
	"landcheck/geo"
	"landcheck/rules"
	"landcheck/rules/plan"
)

// GroupTitle is what a group of rules is about.
func GroupTitle(group string) geo.Text { return groupWord(group) }

// LevelTitle is a level in words.
func LevelTitle(l rules.Level) geo.Text { return levelWord(l) }

// BaseLayer is a base role's outlines for the drawing; townships are labelled.
func BaseLayer(role plan.Role, parcels []plan.Parcel) DrawLayer {
	l := DrawLayer{Role: string(role), Title: roleWord(string(role))}
	for _, p := range parcels {
		l.Features = append(l.Features, DrawFeature{ID: p.ID, Label: p.Name, Geometry: p.Geometry})
	}
	return l
}
