package access

import (
	"crypto/sha256"
	"encoding/hex"
)

// HashToken is what a store keeps of a token.
func HashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
