// Package featureserver answers requests of OGC API - Features: what there is
// (landing, collections), and features of base layers and of checks.
package featureserver

import (
	"landcheck/api/access"
	"landcheck/api/basedata"
	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/api/throttle"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
)

// featureStore is what collections are made of.
type featureStore interface {
	store.Plans
	store.Checks
	store.Bases
}

// Handlers answers requests of OGC API - Features.
type Handlers struct {
	store      featureStore
	bases      *basedata.Cache
	results    *results.Cache
	log        *access.Log
	baseLayers store.Role                  // the least that sees base layers
	origin     func(c echo.Context) string // where the service is, as https://host
	paging     *throttle.Queue             // of pages of features that are made
}

// pagesAtOnce is how many pages are made at one time, half of them for one
// caller: one of ten thousand features takes a processor for a second.
const pagesAtOnce = 4

// New serves what a store holds to whoever may see it: base layers
// to a role and those above it.
func New(held featureStore, b *basedata.Cache, r *results.Cache, log *access.Log, baseLayers store.Role, origin func(c echo.Context) string) *Handlers {
	return &Handlers{store: held, bases: b, results: r, log: log, baseLayers: baseLayers, origin: origin, paging: throttle.NewQueue(pagesAtOnce)}
}

// readsCollection puts into the audit trail that the caller reads a collection.
func (s *Handlers) readsCollection(c echo.Context, k *collection) error {
	if k.check == "" {
		return s.log.ReadsBase(c, k.county, domain.Role(k.part))
	}
	return s.log.ReadsCheck(c, store.Check{ID: k.check, County: k.county}, k.part)
}
