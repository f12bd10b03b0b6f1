package main

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"landcheck/rules/plan"
)

// TestExpiry: a day lasts until its end where the command is typed.
func TestExpiry(t *testing.T) {
	now := time.Date(2026, 11, 27, 15, 4, 5, 6, time.FixedZone("CST", 8*3600))
	for s, want := range map[string]string{
		"2026-12-31":                "2026-12-31T16:00:00Z",
		"2028-02-28":                "2028-02-28T16:00:00Z",
		"2026-12-31T08:30:00+08:00": "2026-12-31T00:30:00Z",
		"720h":                      "2026-12-27T07:04:05Z",
		"90m":                       "2026-11-27T08:34:05Z",
	} {
		got, err := expiry(s, now)
		if err != nil || got.Format(time.RFC3339) != want || got.Location() != time.UTC {
			t.Errorf("%s: %v, %v; want %s", s, got, err, want)
		}
	}
	if got, err := expiry("", now); got != nil || err != nil {
		t.Errorf("never: %v, %v", got, err)
	}
	for _, s := range []string{"31.12.2026", "2026-02-30", "tomorrow", "12"} {
		if got, err := expiry(s, now); err == nil {
			t.Errorf("%s is %v", s, got)
		}
	}
}

func FuzzExpiry(f *testing.F) {
	for _, s := range []string{"2026-12-31", "2026-12-31T08:30:00+08:00", "720h", "-1h", "9999999h"} {
		f.Add(s)
	}
	now := time.Now()
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := expiry(s, now); (got == nil) == (err == nil) && s != "" {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	})
}

// FuzzDatabaseBase: what is landcheck's never reaches the database, what is
// the database's does, and a password is in no message.
func FuzzDatabaseBase(f *testing.F) {
	for _, s := range []string{"county=150123", "county=150124&sslmode=disable", "version=3&host=/run/postgresql", "version=-1", "a=%zz", "&&=", "version=3;county=1"} {
		f.Add(s, "150123")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, query, county string) {
		whole := "postgres://clerk:hunter2@db/land?" + query
		b, err := databaseBase(whole, &plan.Plan{County: county})
		if err != nil {
			if strings.Contains(err.Error(), "hunter2") && !strings.Contains(query+county, "hunter2") {
				t.Error(err)
			}
			return
		}
		u, err := url.Parse(b.url)
		if err != nil {
			return // as it came, for the database to refuse
		}
		before, err := url.Parse(whole)
		if err != nil {
			t.Fatal(err)
		}
		given, kept := before.Query(), u.Query()
		if kept.Has("county") || kept.Has("version") || county != "" && b.county != county || b.version < 0 {
			t.Errorf("%+v", b)
		}
		given.Del("county")
		given.Del("version")
		if kept.Encode() != given.Encode() {
			t.Errorf("%s becomes %s", query, u.RawQuery)
		}
	})
}
