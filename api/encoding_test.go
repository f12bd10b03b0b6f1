package api_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
)

// unpacked is a body without its Content-Encoding.
func unpacked(h http.Header, body []byte) ([]byte, error) {
	if h.Get("Content-Encoding") != "gzip" {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
