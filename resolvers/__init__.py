"""How fields get their data: functions from many parents to as many values, in order."""
