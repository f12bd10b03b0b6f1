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

// expiredToken makes one that was good for a moment.
func (s *service) expiredToken(role store.Role, prefix string) string {
	s.Helper()
	soon := time.Now().Add(time.Millisecond)
	t, secret, err := api.NewToken("expired", role, prefix, &soon)
	if err != nil {
		s.Fatal(err)
	}
	if err := s.store.AddToken(s.Context(), t); err != nil {
		s.Fatal(err)
	}
	time.Sleep(time.Until(soon) + 2*time.Millisecond)
	return secret
}
