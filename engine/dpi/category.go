package dpi

import "slices"

// Category groups protocols by purpose, as nDPI does.
type Category uint8

// Categories. The comment is nDPI's text where it differs from the name here.
const (
	Unspecified Category = iota
	Media
	VPN
	Email
	DataTransfer
	Web
	SocialNetwork
	Download
	Game
	Chat
	VoIP
	Database
	RemoteAccess
	Cloud
	Network
	Collaborative
	RPC
	Streaming
	System
	SoftwareUpdate
	Music
	Video
	Shopping
	Productivity
	FileSharing
	ConnCheck
	IoTScada
	VirtAssistant
	Cybersecurity
	AdultContent
	Mining
	Malware
	Advertisement
	BannedSite
	SiteUnavailable
	AllowedSite
	Antimalware
	CryptoCurrency
	Gambling
	Health
	ArtificialIntelligence
	Finance
	News
	Sport
	Business
	InternetOfThings
	numCategories
)

var categoryNames = [numCategories]string{
	"Unspecified", "Media", "VPN", "Email", "DataTransfer", "Web", "SocialNetwork", "Download", "Game", "Chat", "VoIP",
	"Database", "RemoteAccess", "Cloud", "Network", "Collaborative", "RPC", "Streaming", "System", "SoftwareUpdate",
	"Music", "Video", "Shopping", "Productivity", "FileSharing", "ConnCheck", "IoT-Scada", "VirtAssistant",
	"Cybersecurity", "AdultContent", "Mining", "Malware", "Advertisement", "Banned_Site", "Site_Unavailable",
	"Allowed_Site", "Antimalware", "Crypto_Currency", "Gambling", "Health", "ArtifIntelligence", "Finance", "News",
	"Sport", "Business", "InternetOfThings",
}

// String returns nDPI's name of the category ("IoT-Scada").
func (c Category) String() string { return categoryNames[c] }

// CategoryNames lists nDPI's names of all categories in their order.
func CategoryNames() []string { return slices.Clone(categoryNames[:]) }

// CategoryByName returns the category with nDPI's name.
func CategoryByName(name string) (Category, bool) {
	for i, n := range categoryNames {
		if n == name {
			return Category(i), true
		}
	}
	return Unspecified, false
}

// Breed is how welcome a protocol is on most networks, as nDPI judges.
type Breed uint8

// Breeds.
const (
	Unrated Breed = iota
	Safe
	Acceptable
	Fun
	Unsafe
	PotentiallyDangerous
	Dangerous
	Tracker
)

var breedNames = [...]string{
	"Unrated", "Safe", "Acceptable", "Fun", "Unsafe", "Potentially Dangerous", "Dangerous", "Tracker/Ads",
}

// String returns nDPI's name of the breed.
func (b Breed) String() string { return breedNames[b] }

// Number returns nDPI's number of the category: it leaves room for a user's own ones.
func (c Category) Number() uint16 {
	const firstAfterCustom, firstAfterRoom = 25, 99
	switch {
	case c < Music:
		return uint16(c)
	case c < Mining:
		return firstAfterCustom + uint16(c-Music)
	default:
		return firstAfterRoom + uint16(c-Mining)
	}
}

// CategoryNumbers returns nDPI's numbers of all categories by name.
func CategoryNumbers() map[string]uint16 {
	numbers := make(map[string]uint16)
	for c := range numCategories {
		numbers[c.String()] = c.Number()
	}
	return numbers
}
