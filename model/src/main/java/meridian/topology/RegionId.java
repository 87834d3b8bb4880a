package meridian.topology;

/// The name of a region, as the configuration writes it.
public record RegionId(String name) implements Comparable<RegionId> {

    public RegionId {
        Names.check("a region", name);
    }

    @Override
    public int compareTo(RegionId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
