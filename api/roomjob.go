package api

import (
	"context"
	"path/filepath"

	"landcheck/api/store"
	"landcheck/geo/postgis"
	"landcheck/rules/plan"
	"landcheck/rules/room"
	"landcheck/rules/roomreport"
	"landcheck/rules/rulebook"
)

// roomJob is what a county has to move, to be written as one file.
type roomJob struct {
	Codes    []string            `json:"codes"` // townships, or the county
	Book     string              `json:"book"`  // rulebook, by id
	Format   string              `json:"format"`
	Lang     string              `json:"lang"`
	Dir      string              `json:"dir"` // for the file
	Version  string              `json:"version"`
	Jobs     int                 `json:"jobs"`
	Ledger   []store.LedgerEntry `json:"ledger,omitempty"` // the county's township ledger
	Source   store.BaseSource    `json:"source"`           // of a child
	Database Database            `json:"database"`
}

// path is where the file is.
func (j *roomJob) path() string {
	format, err := roomreport.ByName(j.Format)
	if err != nil {
		return "" // the request was held against the names
	}
	return filepath.Join(j.Dir, "room"+format.Endings[0])
}

// write looks through the base data and writes the file.
func (j *roomJob) write(ctx context.Context, base *plan.Base, book *rulebook.Rulebook) error {
	in, err := roomreport.Survey(ctx, room.Request{Base: base, Book: book, Codes: j.Codes, Prior: priorOf(j.Ledger), Jobs: j.Jobs}, j.Version)
	if err != nil {
		if base.Source() == inDatabase {
			err = postgis.Unavailable(ctx, err)
		}
		return err
	}
	in.Lang = j.Lang
	return inScratch(j.Dir, roomreport.WriteFile(ctx, j.path(), in))
}

// room looks through a county in the child.
func (t *childTask) room(ctx context.Context, open OpenBase) error {
	book, err := t.bookFor(t.Room.Book, &plan.Plan{})
	if err != nil {
		return err
	}
	base, _, err := open(ctx, t.Room.Database, t.Room.Source)
	if err != nil {
		return err
	}
	defer base.Close()
	return t.Room.write(ctx, base, book)
}
