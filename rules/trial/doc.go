// Package trial tries a rulebook out: for each rule, a plan that just passes
// and one that just fails, each run through the whole corridor (files on disk,
// plan, ledger, rules), so that whoever changes a limit sees what it does.
//
//	Open       reads a directory of cases: the suite
//	Suite.Run  judges every trial of it by a rulebook
//	Results    what held, what did not, which rules no plan exercises
//
// A directory holds
//
//	cases.yaml          optional: what all cases share (see Suite)
//	anything.yaml       one case (see Case) each
//	RULE/pass[-…]       plan packages (directory, .zip, .gpkg) that must pass RULE,
//	RULE/fail[-…]       and that must fail it (warn, where the rule is advisory)
//	RULE/base or base   the base data of those packages
//
// Case files are read strictly: an unknown key, a shape that is none or a
// second key of the same name is a *geo.InputError with line and column.
package trial
