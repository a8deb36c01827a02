"""A running platform with people in every role and objects behind every path parameter."""
