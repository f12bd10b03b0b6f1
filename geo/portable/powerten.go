package portable

import (
	"math"
	"strconv"
	"strings"
)

// PowerOfTen is the largest power of ten that is not more than x; 0 where x is not
// above 0, or infinite. It is exact, which a logarithm is not: that of 1000 is 2 and
// a bit less than 1.
func PowerOfTen(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 1) {
		return 0
	}
	_, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	power, err := strconv.ParseFloat("1e"+exponent, 64)
	if err != nil {
		return 0
	}
	return power
}
