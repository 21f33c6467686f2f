namespace Weflux.Web.AddressBook;

public static class AddressBookSetup
{
    public static IServiceCollection AddAddressBook(this IServiceCollection services)
    {
        services.AddSingleton<ContactListQuery>();
        services.AddSingleton<ContactProfileQuery>();
        services.AddSingleton<ContactFieldsQuery>();
        services.AddSingleton<AddContact>();
        return services;
    }
}
