package meridian.topology;

/// A point on the globe, in degrees.
public record Coordinates(double latitude, double longitude) {

    /// The mean radius of the Earth in kilometres (IUGG).
    private static final double EARTH_RADIUS = 6371.0088;

    public Coordinates {
        // Written so that NaN is refused too.
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException(
                    "["
                            + latitude
                            + ", "
                            + longitude
                            + "] is no place; latitude -90 to 90 and longitude -180 to 180 are accepted");
        }
    }

    /// Great-circle distance in kilometres, by the haversine formula.
    public double kilometresTo(Coordinates other) {
        double sinLatitude = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
        double sinLongitude = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double cosines =
                Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(other.latitude));
        double h = sinLatitude * sinLatitude + cosines * sinLongitude * sinLongitude;
        return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
