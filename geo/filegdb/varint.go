package filegdb

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// cursor reads the numbers of a shape one after another. After a number that
// runs past the end or does not fit into 64 bits it is bad, and stays so.
type cursor struct {
	data []byte
	at   int
	bad  bool
}

// left is how many bytes are still to come.
func (c *cursor) left() int { return len(c.data) - c.at }

// uint reads a number of seven bits a byte, low first, whose last byte has no
// top bit.
func (c *cursor) uint() uint64 {
	v, shift := uint64(0), uint(0)
	for c.at < len(c.data) && shift < 64 {
		b := c.data[c.at]
		c.at++
		if shift == 63 && b > 1 {
			break
		}
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
		shift += 7
	}
	c.bad = true
	return 0
}

// int reads a signed number: the first byte has six bits and the sign.
func (c *cursor) int() int64 {
	if c.at >= len(c.data) {
		c.bad = true
		return 0
	}
	first := c.data[c.at]
	c.at++
	v, shift := uint64(first&0x3f), uint(6)
	for b := first; b >= 0x80; shift += 7 {
		if c.at >= len(c.data) || shift > 55 { // 62 bits hold any coordinate
			c.bad = true
			return 0
		}
		b = c.data[c.at]
		c.at++
		v |= uint64(b&0x7f) << shift
	}
	if first&0x40 != 0 {
		return -int64(v)
	}
	return int64(v)
}

// skip passes over n numbers: each ends with a byte that has no top bit.
func (c *cursor) skip(n uint64) {
	for c.left() >= 8 && n > 8 { // some are left for the loop below, which ends behind the last
		n -= uint64(bits.OnesCount64(^binary.LittleEndian.Uint64(c.data[c.at:]) & 0x8080808080808080))
		c.at += 8
	}
	for ; n > 0; c.at++ {
		if c.at >= len(c.data) {
			c.bad = true
			return
		}
		if c.data[c.at] < 0x80 {
			n--
		}
	}
}

// measures passes over the M of n vertices: a sum of -2 says that no more are
// stored.
func (c *cursor) measures(n uint64) {
	sum := int64(0)
	for ; n > 0 && !c.bad; n-- {
		if sum += c.int(); sum == -2 {
			return
		}
	}
}

// float64 reads a number of eight bytes.
func (c *cursor) float64() float64 {
	if c.left() < 8 {
		c.bad = true
		return math.NaN()
	}
	c.at += 8
	return math.Float64frombits(binary.LittleEndian.Uint64(c.data[c.at-8:]))
}
