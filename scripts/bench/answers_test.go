package main

import "testing"

func TestAnswersThatDifferFail(t *testing.T) {
	a := answers{Designated: map[string]float64{"1": 100}, Out: map[string]float64{"1": 5}, Lost: 10}
	b := answers{Designated: map[string]float64{"1": 100}, Out: map[string]float64{"1": 5.04}, Lost: 10.04}
	if err := a.differ(b); err != nil {
		t.Errorf("rounding is no difference: %v", err)
	}
	b.Lost = 10.1
	if a.differ(b) == nil {
		t.Error("0.1 m² is a difference")
	}
	b.Lost, b.Out = 10, map[string]float64{"1": 5, "2": 3}
	if a.differ(b) == nil {
		t.Error("a township more is a difference")
	}
}
