// Command facts writes what the page knows of the field, src/facts.ts, from the
// tables of rules/domain, rules/plan, rules/report and geo/catalog, so that program and
// page cannot drift apart. It runs in api/web:
//
//	go generate ./api/web
package main

import (
	"log"
	"os"
)

const file = "src/facts.ts"

func main() {
	if err := os.WriteFile(file, typeScript(), 0o644); err != nil {
		log.Fatal(err)
	}
}
