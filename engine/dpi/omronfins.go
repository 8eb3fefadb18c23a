package dpi

// finsHeader is control, reserved, gateways, and network, node and unit of both ends, with
// the service number (Omron W227, section 3).
const finsHeader = 10

// dissectFINS finds Omron FINS over UDP and TCP (Omron W227, W421).
func dissectFINS(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		return prefixVerdict(b, "FINS\x00\x00")
	}
	const gateway, reserved, mostGateways = 0x80, 0x3e, 7
	if len(b) < finsHeader+2 || b[0]&gateway == 0 || b[0]&reserved != 0 || b[1] != 0 || b[2] > mostGateways {
		return No
	}
	if !finsCommand(b[finsHeader], b[finsHeader+1]) || !f.HasPort(9600) && !finsCertain(b) {
		return No
	}
	return Yes
}

// finsCertain asks for more where nothing but the content tells: the usual number of
// gateways, and addresses that exist.
func finsCertain(b []byte) bool {
	const gateways, lastNetwork = 2, 0x7f
	return b[2] == gateways && b[3] <= lastNetwork && b[6] <= lastNetwork && finsUnit(b[5]) && finsUnit(b[8])
}

// finsUnit knows the numbers of units: the CPU, special boards, the network's unit.
func finsUnit(unit byte) bool {
	return unit == 0 || unit >= 0x10 && unit <= 0x1f || unit == 0xe1 || unit == 0xfe
}

// finsCommand knows the commands of controllers by group and number: memory, parameters,
// programs, modes, data of the unit, status, clock, messages, access, errors, files, bits.
func finsCommand(group, number byte) bool {
	const lastNumber = 0x20
	if number == 0 || number > lastNumber {
		return false
	}
	switch group {
	case 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x09, 0x0c, 0x21, 0x22, 0x23:
		return true
	default:
		return false
	}
}
