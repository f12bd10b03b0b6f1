package report

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"landcheck/geo/outfile"
)

// WriteFile writes a report to a file in the format of its ending, whole or not
// at all: a temporary file beside it, fsync, rename. An existing file stays as
// it was when anything fails or ctx ends.
func WriteFile(ctx context.Context, path string, in Input) error {
	f, err := ByPath(path)
	if err != nil {
		return err
	}
	if err := in.check(f); err != nil {
		return err
	}
	if f.file != nil {
		return throughDir(ctx, path, in, f)
	}
	return replace(ctx, path, func(w io.Writer) error { return f.Write(w, in) })
}

// WriteBatchFile writes a batch to a file in the format of its ending, which has
// to be one that holds several plans.
func WriteBatchFile(ctx context.Context, path string, b Batch) error {
	f, err := ByPath(path)
	if err != nil {
		return err
	}
	return replace(ctx, path, func(w io.Writer) error { return f.WriteBatch(w, b) })
}

// WriteTogetherFile writes what several plans do to each other to a file, in a
// format that shows it beside each plan's own file.
func WriteTogetherFile(ctx context.Context, path string, b Batch) error {
	f, err := ByPath(path)
	if err != nil {
		return err
	}
	return replace(ctx, path, func(w io.Writer) error { return f.WriteTogether(w, b) })
}

// replace gives fill a buffered temporary file and moves it to path when fill
// succeeds.
func replace(ctx context.Context, path string, fill func(io.Writer) error) error {
	t, err := outfile.Create(path, outfile.Public)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer t.Cleanup()
	b := bufio.NewWriterSize(contextWriter{ctx.Err, t}, 1<<16)
	if err := fill(b); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := t.Replace(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// throughDir lets a format that writes a path of its own fill a private
// directory beside the target, whose one file is then moved into place.
func throughDir(ctx context.Context, path string, in Input, f Format) error {
	dir, err := os.MkdirTemp(filepath.Dir(path), ".landcheck-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer outfile.RemoveAll(dir)
	made := filepath.Join(dir, "report"+f.Endings[0])
	if err := f.file(ctx, made, in); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	r, err := os.Open(made)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer r.Close()
	return replace(ctx, path, func(w io.Writer) error {
		_, err := io.Copy(w, r)
		return err
	})
}

// contextWriter stops writing once its question has an answer.
type contextWriter struct {
	ended func() error
	w     io.Writer
}

func (u contextWriter) Write(p []byte) (int, error) {
	if err := u.ended(); err != nil {
		return 0, err
	}
	return u.w.Write(p)
}
