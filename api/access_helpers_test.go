package api_test

import (
	"time"

	"landcheck/api"
	"landcheck/api/store"
)

// newToken makes a token in the store, as landcheck token create does.
func (s *service) newToken(role store.Role, prefix string) string {
	s.Helper()
	t, secret, err := api.NewToken(string(role)+" of "+prefix, role, prefix, nil)
	if err != nil {
		s.Fatal(err)
	}
	if err := s.store.AddToken(s.Context(), t); err != nil {
		s.Fatal(err)
	}
	return secret
}

// expiredToken makes one that is good no more.
func (s *service) expiredToken(role store.Role, prefix string) string {
	s.Helper()
	t, secret, err := api.NewToken("expired", role, prefix, nil)
	if err != nil {
		s.Fatal(err)
	}
	now := time.Now() // good for no moment longer
	t.Expires = &now
	if err := s.store.AddToken(s.Context(), t); err != nil {
		s.Fatal(err)
	}
	return secret
}
