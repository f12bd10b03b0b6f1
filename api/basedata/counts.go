package basedata

import "sync"

// counts are how many features some questions find; a version of base data
// never changes.
type counts struct {
	mutex sync.Mutex
	known map[string]int
}

// manyCounts is how many questions are remembered before all are forgotten.
const manyCounts = 1000

// Of is the number that a question finds, counted when it is first asked.
func (c *counts) Of(question string, count func() (int, error)) (int, error) {
	c.mutex.Lock()
	n, ok := c.known[question]
	c.mutex.Unlock()
	if ok {
		return n, nil
	}
	n, err := count()
	if err != nil {
		return 0, err
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.known == nil || len(c.known) >= manyCounts {
		c.known = map[string]int{}
	}
	c.known[question] = n
	return n, nil
}
