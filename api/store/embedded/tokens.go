package embedded

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"landcheck/api/store"
)

// token on disk: the hash is there, which users never see.
type token struct {
	store.Token
	Hash string `json:"hash"`
}

func (t token) whole() store.Token {
	t.Token.Hash = t.Hash
	return t.Token
}

func (s *Store) loadTokens() error {
	path := s.path(tokensFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return readJSON(path, &s.tokens)
}

// setTokens writes tokens down, then goes by them. The caller holds the mutex.
func (s *Store) setTokens(all []token) error {
	if err := s.note(writeJSON(s.path(tokensFile), all)); err != nil {
		return err
	}
	s.tokens = all
	return nil
}

// AddToken writes a token's hash down.
func (s *Store) AddToken(_ context.Context, t store.Token) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	for _, other := range s.tokens {
		if other.ID == t.ID || other.Hash == t.Hash {
			return store.ErrConflict
		}
	}
	if t.Created.IsZero() {
		t.Created = s.now()
	}
	return s.setTokens(append(slices.Clone(s.tokens), token{Token: t, Hash: t.Hash}))
}

// TokenByHash finds a token that is valid now.
func (s *Store) TokenByHash(_ context.Context, hash string) (store.Token, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, t := range s.tokens {
		if t.Hash == hash && t.Valid(s.o.Now()) {
			return t.whole(), s.open()
		}
	}
	return store.Token{}, store.ErrNotFound
}

// ListTokens gives all, newest first.
func (s *Store) ListTokens(context.Context) ([]store.Token, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all := make([]store.Token, 0, len(s.tokens))
	for _, t := range s.tokens {
		all = append(all, t.whole())
	}
	slices.SortFunc(all, func(a, b store.Token) int {
		return cmp.Or(b.Created.Compare(a.Created), strings.Compare(b.ID, a.ID))
	})
	return all, s.open()
}

// RevokeToken ends a token for good.
func (s *Store) RevokeToken(_ context.Context, id string) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	i := slices.IndexFunc(s.tokens, func(t token) bool { return t.ID == id })
	switch {
	case i < 0:
		return store.ErrNotFound
	case s.tokens[i].Revoked != nil:
		return nil
	}
	all, now := slices.Clone(s.tokens), s.now()
	all[i].Revoked = &now
	return s.setTokens(all)
}
