package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
	"landcheck/geo/postgis"
	"landcheck/geo/transient"
)

// partSize is how many bytes of a file one row holds: 1 MiB.
const partSize = 1 << 20

// Queries for one part of a file, by its owner.
const (
	planPart     = "select bytes from service.plan_part where plan = $1 and part = $2"
	artifactPart = "select bytes from service.artifact_part where artifact = $1 and part = $2"
)

// putParts copies a file into rows (owner, part, bytes) of a table of schema
// service, one part in memory at a time, and returns its size.
func putParts(ctx context.Context, tx pgx.Tx, table, column string, owner any, path string) (int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, transient.Mark(err) // scratch of ours that is gone
	}
	defer f.Close()
	parts := &fileParts{file: f, owner: owner, buffer: make([]byte, partSize)}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"service", table}, []string{column, "part", "bytes"}, parts)
	return parts.size, err
}

// fileParts is a pgx.CopyFromSource.
type fileParts struct {
	file   *os.File
	owner  any
	buffer []byte
	n      int   // bytes of the present part
	part   int32 // number of the next part
	size   int64 // so far
	err    error
}

func (p *fileParts) Next() bool {
	n, err := io.ReadFull(p.file, p.buffer)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		p.err = err
	}
	p.n, p.size = n, p.size+int64(n)
	return n > 0 && p.err == nil
}

func (p *fileParts) Values() ([]any, error) {
	p.part++
	return []any{p.owner, p.part - 1, p.buffer[:p.n]}, nil
}

func (p *fileParts) Err() error { return p.err }

// reader reads a file that lies in parts; it holds no connection meanwhile.
type reader struct {
	fetch  func(part int64) ([]byte, error)
	size   int64
	offset int64
	part   int64 // number of the part in bytes
	bytes  []byte
}

// open reads a file by one of the queries for parts, until ctx is done.
func (s *Store) open(ctx context.Context, query string, owner any, size int64) store.Artifact {
	return &reader{size: size, part: -1, fetch: func(part int64) (b []byte, err error) {
		err = s.pool.QueryRow(ctx, query, owner, part).Scan(&b)
		if errors.Is(err, pgx.ErrNoRows) {
			err = store.ErrNotFound // deleted meanwhile
		}
		return b, postgis.Unavailable(ctx, err)
	}}
}

func (r *reader) Size() int64 { return r.size }

func (r *reader) Read(p []byte) (int, error) {
	if r.offset >= r.size {
		return 0, io.EOF
	}
	part, at := r.offset/partSize, r.offset%partSize
	if part != r.part {
		bytes, err := r.fetch(part)
		if err == nil && int64(len(bytes)) != min(partSize, r.size-part*partSize) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, fmt.Errorf("part %d: %w", part, err)
		}
		r.part, r.bytes = part, bytes
	}
	n := copy(p, r.bytes[at:])
	r.offset += int64(n)
	return n, nil
}

func (r *reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.offset
	case io.SeekEnd:
		offset += r.size
	}
	if offset < 0 {
		return 0, fmt.Errorf("seek to %d: before the start", offset)
	}
	r.offset = offset
	return offset, nil
}

func (r *reader) Close() error {
	r.bytes, r.size = nil, 0
	return nil
}
