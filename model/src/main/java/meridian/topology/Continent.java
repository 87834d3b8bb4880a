package meridian.topology;

/// The continents by the codes that geo databases use.
public enum Continent {
    AF,
    AN,
    AS,
    EU,
    NA,
    OC,
    SA
}
