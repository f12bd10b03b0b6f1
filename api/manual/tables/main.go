// Command tables writes those parts of the manual that are facts of the
// program: the chapters on constraints and conditions and the tables of layers in the chapter
// on inputs, from rules/domain, rules/rulebook and rules/condition. It runs in api/manual:
//
//	go generate ./api/manual
package main

import (
	"log"
	"os"
)

func main() {
	for _, lang := range []string{"zh", "en"} {
		inputs := lang + "/inputs.md"
		text, err := os.ReadFile(inputs)
		if err != nil {
			log.Fatal(err)
		}
		made, err := withLayers(string(text), lang)
		if err != nil {
			log.Fatal(inputs, ": ", err)
		}
		for file, content := range map[string]string{inputs: made, lang + "/constraints.md": constraints(lang), lang + "/conditions.md": conditions(lang)} {
			if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
				log.Fatal(err)
			}
		}
	}
}
