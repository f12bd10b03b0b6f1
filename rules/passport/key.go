package passport

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"

	"landcheck/geo"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// The algorithms that sign: Ed25519 (RFC 8032), and SM2 with SM3 (GB/T 32918.2,
// with the default identifier of GB/T 35276).
const (
	Ed25519    = "Ed25519"
	SM2WithSM3 = "SM2-SM3"
)

// Key names a public key: its algorithm and the SHA-256 of its PKIX form.
type Key struct {
	Algorithm   string `json:"algorithm"`
	Fingerprint string `json:"fingerprint"`
}

// PrivateKey signs.
type PrivateKey struct {
	signer crypto.Signer
	public *PublicKey
}

// PublicKey verifies.
type PublicKey struct {
	algorithm string
	key       crypto.PublicKey
	der       []byte
}

// ReadPrivateKey reads a key in PEM (PKCS #8), of Ed25519 or SM2. Errors are
// *geo.InputError.
func ReadPrivateKey(text []byte) (*PrivateKey, error) {
	block := firstBlock(text, "PRIVATE KEY")
	if block == nil {
		return nil, noKey("私钥（PEM，BEGIN PRIVATE KEY）", "private key (PEM, BEGIN PRIVATE KEY)", nil)
	}
	key, err := smx509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, noKey("私钥", "private key", err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, otherKind()
	}
	public, err := publicKey(signer.Public())
	if err != nil {
		return nil, err
	}
	return &PrivateKey{signer, public}, nil
}

// ReadPublicKey reads a key in PEM (PKIX, BEGIN PUBLIC KEY). Errors are
// *geo.InputError.
func ReadPublicKey(text []byte) (*PublicKey, error) {
	block := firstBlock(text, "PUBLIC KEY")
	if block == nil {
		return nil, noKey("公钥（PEM，BEGIN PUBLIC KEY）", "public key (PEM, BEGIN PUBLIC KEY)", nil)
	}
	key, err := smx509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, noKey("公钥", "public key", err)
	}
	return publicKey(key)
}

// firstBlock skips what openssl writes before a key, such as EC PARAMETERS.
func firstBlock(text []byte, kind string) *pem.Block {
	for {
		block, rest := pem.Decode(text)
		if block == nil || block.Type == kind {
			return block
		}
		text = rest
	}
}

func publicKey(key crypto.PublicKey) (*PublicKey, error) {
	p := &PublicKey{key: key}
	switch key := key.(type) {
	case ed25519.PublicKey:
		p.algorithm = Ed25519
	case *ecdsa.PublicKey:
		if !sm2.IsSM2PublicKey(key) {
			return nil, otherKind()
		}
		p.algorithm = SM2WithSM3
	default:
		return nil, otherKind()
	}
	var err error
	if p.der, err = smx509.MarshalPKIXPublicKey(key); err != nil {
		return nil, noKey("公钥", "public key", err)
	}
	return p, nil
}

// Name is the key as a passport names it.
func (k *PublicKey) Name() Key {
	sum := sha256.Sum256(k.der)
	return Key{k.algorithm, "sha256:" + hex.EncodeToString(sum[:])}
}

func (k *PrivateKey) sign(message []byte) ([]byte, error) {
	if k.public.algorithm == Ed25519 {
		return k.signer.Sign(rand.Reader, message, crypto.Hash(0))
	}
	return k.signer.Sign(rand.Reader, message, sm2.DefaultSM2SignerOpts)
}

func (k *PublicKey) verify(message, signature []byte) bool {
	if k.algorithm == Ed25519 {
		return ed25519.Verify(k.key.(ed25519.PublicKey), message, signature)
	}
	return sm2.VerifyASN1WithSM2(k.key.(*ecdsa.PublicKey), nil, message, signature)
}

// PEM is the public key as its file holds it.
func (k *PublicKey) PEM() []byte {
	return bytes.TrimLeft(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: k.der}), "\n")
}

// Public is the key that verifies what this one signs.
func (k *PrivateKey) Public() *PublicKey { return k.public }

func noKey(zh, en string, err error) error {
	f := &geo.InputError{Err: err, Message: geo.Text{ZH: "不是" + zh, EN: "no " + en}, Advice: howToMake()}
	if err != nil {
		f.Message = geo.Textf("不是%[1]s：%[3]v", "no %[2]s: %[3]v", zh, en, err)
	}
	return f
}

func otherKind() error {
	return &geo.InputError{Message: geo.Text{ZH: "密钥既不是 Ed25519，也不是 SM2", EN: "the key is neither of Ed25519 nor of SM2"}, Advice: howToMake()}
}

func howToMake() geo.Text {
	return geo.Text{
		ZH: "可用 openssl genpkey -algorithm ed25519 -out key.pem 生成（国密：-algorithm SM2），公钥用 openssl pkey -in key.pem -pubout -out key.pub",
		EN: "Make one by openssl genpkey -algorithm ed25519 -out key.pem (or -algorithm SM2), and its public key by openssl pkey -in key.pem -pubout -out key.pub",
	}
}
