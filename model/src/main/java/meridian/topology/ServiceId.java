package meridian.topology;

/// The name of a service, as the configuration writes it.
public record ServiceId(String name) implements Comparable<ServiceId> {

    public ServiceId {
        Names.check("a service", name);
    }

    @Override
    public int compareTo(ServiceId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
