// Package result is what a check answers, as plain data: Report with its
// verdict, rules, measures and findings, the land-use and year tables, and the
// review form. Areas are m² rounded to 0.01. Nothing here judges.
package result
