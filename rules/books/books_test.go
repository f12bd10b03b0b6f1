package books_test

import (
	"testing"

	"landcheck/rules"
)

func TestLoad(t *testing.T) {
	for _, id := range rules.Books() {
		if _, err := rules.LoadBook(id); err != nil {
			t.Error(err)
		}
	}
}
